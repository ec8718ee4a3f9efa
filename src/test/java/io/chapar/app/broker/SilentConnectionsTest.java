package io.chapar.app.broker;

import jakarta.jms.Connection;
import jakarta.jms.Session;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** Connections that say which protocol they speak, and then nothing more. */
class SilentConnectionsTest {

    @TempDir
    Path folder;

    private final List<Socket> silent = new ArrayList<>();
    private AmqpBroker broker;

    private interface Coming {
        Socket come() throws IOException;
    }

    @BeforeEach
    void start() {
        broker = new AmqpBroker(folder);
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket each : silent) {
            each.close();
        }
        broker.close();
    }

    private Socket comes(Coming who) throws IOException {
        Socket socket = who.come();
        silent.add(socket);
        return socket;
    }

    private void come(int many, Coming who) throws IOException {
        for (int i = 0; i < many; i++) {
            assertThat(AmqpBroker.isHeld(comes(who))).isTrue();
        }
    }

    private void cutOffOneMore(Coming who) throws IOException {
        int before = broker.server().getConnectionCount();
        assertThat(comes(who).getInputStream().readAllBytes().length).isLessThan(1000);
        assertThat(broker.server().getConnectionCount())
                .as("and none that was there before")
                .isEqualTo(before);
    }

    @Test
    void refused_one_too_many_of_all_who_are_no_party_and_a_party_comes_in_all_the_same() throws Exception {
        come(Peers.MOST_CONNECTIONS, broker::silentStranger);

        cutOffOneMore(broker::silentStranger);

        broker.connect().close();
    }

    @Test
    void refused_unheard_when_a_party_does_not_listen_to_what_it_is_told_about_too_many() throws Exception {
        come(Peers.MOST_CONNECTIONS + Peers.TOLD, broker::silent);

        cutOffOneMore(broker::silent);
    }

    @Test
    void ended_when_it_has_not_been_said_who_is_there_from_one_look_to_the_next() throws Exception {
        KnownConnections watch = new KnownConnections(
                broker.server(), (BrokerAccess) broker.server().getSecurityManager());
        try (Connection mh = broker.connect()) {
            Socket nobody = comes(broker::silent);
            assertThat(AmqpBroker.isHeld(nobody)).isTrue();

            watch.run();
            watch.run();

            assertThat(nobody.getInputStream().readAllBytes().length).isLessThan(1000);
            try (Session session = mh.createSession()) {
                assertThat(session.getTransacted()).as("a party is served on").isFalse();
            }
        }
    }

    @Test
    void ended_all_the_same_when_a_look_before_failed() throws Exception {
        ActiveMQServer server = Mockito.mock(ActiveMQServer.class);
        Mockito.when(server.getRemotingService())
                .thenThrow(new NoClassDefFoundError("of one moment"))
                .thenThrow(new IllegalStateException("of one moment"))
                .thenReturn(broker.server().getRemotingService());
        BrokerAccess access = (BrokerAccess) broker.server().getSecurityManager();
        Socket nobody = comes(broker::silent);
        assertThat(AmqpBroker.isHeld(nobody)).isTrue();
        KnownConnections watch = new KnownConnections(server, access);

        // What a look throws, whoever repeats it takes for the end of all looks.
        assertThatCode(watch::run).doesNotThrowAnyException();
        assertThatCode(watch::run).doesNotThrowAnyException();
        watch.run();
        watch.run();

        assertThat(nobody.getInputStream().readAllBytes().length).isLessThan(1000);
    }
}
