package io.chapar.app.broker;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.ConnectionMetaData;
import jakarta.jms.JMSException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** When the broker is asked for a connection, and when not. */
class BrokerConnectionsTest {

    private final AtomicInteger attempts = new AtomicInteger();
    private boolean away;
    private final BrokerConnections connections = new BrokerConnections(of(ConnectionFactory.class));

    /** A broker that gives connections in which nothing happens. */
    private <T> T of(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> switch (method.getName()) {
                    case "createConnection" -> connection();
                    case "getMetaData" -> of(ConnectionMetaData.class);
                    case "getJMSMajorVersion", "getJMSMinorVersion" -> 3;
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" -> self == arguments[0];
                    default -> null;
                }));
    }

    private Connection connection() throws JMSException {
        attempts.incrementAndGet();
        if (away) {
            throw new JMSException("away");
        }
        return of(Connection.class);
    }

    @BeforeEach
    void start() {
        connections.start();
    }

    @AfterEach
    void stop() {
        connections.stop();
    }

    @Test
    void refused_at_the_stop_without_an_attempt_that_a_lost_broker_would_let_wait() {
        away = true;
        assertThatThrownBy(connections::createConnection).isInstanceOf(JMSException.class);
        assertThat(attempts).hasValue(1);

        connections.connectNoMore();

        assertThatThrownBy(connections::createConnection)
                .isInstanceOf(JMSException.class)
                .matches(BrokerConnections::isLoss, "is told once, with the loss");
        assertThat(attempts).hasValue(1);
    }

    @Test
    void a_connection_that_is_there_serves_to_the_end() throws JMSException {
        connections.createConnection().close();

        connections.connectNoMore();

        connections.createConnection().close();
        assertThat(attempts).hasValue(1);
    }
}
