package io.chapar.app.broker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.apache.activemq.artemis.api.config.ActiveMQDefaultConfiguration;
import org.apache.activemq.artemis.api.core.ActiveMQConnectionTimedOutException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientRequestor;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.api.core.management.ManagementHelper;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a broker that is another process about its queues, one question at a time, over a connection of its own. */
final class BrokerQuestions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerQuestions.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_MILLIS = 10_000;

    /** So long a count is good enough: it is asked for every message that a party writes. */
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private record Line(ClientSessionFactory sessions, ClientSession session, ClientRequestor requestor) {}

    private record Number(long value, long at) {}

    private record Names(Set<String> all, long at) {}

    private final ServerLocator locator;
    private final ReentrantLock turn = new ReentrantLock();
    private final Map<String, Number> numbers = new ConcurrentHashMap<>();
    private volatile @Nullable Names queues;
    private @Nullable Line line;

    BrokerQuestions(ServerLocator locator) {
        this.locator = locator;
    }

    boolean answered() {
        try {
            return ask(
                                    ResourceNames.BROKER,
                                    message -> ManagementHelper.putAttribute(message, ResourceNames.BROKER, "active"))
                            instanceof Boolean active
                    && active;
        } catch (IllegalStateException e) {
            LOG.debug("the shared broker does not answer", e);
            return false;
        }
    }

    /** The names of all that it has, as of a moment ago. */
    Set<String> queues() {
        Names known = queues;
        if (known == null || System.nanoTime() - known.at() >= FRESH_NANOS) {
            known = new Names(named(), System.nanoTime());
            queues = known;
        }
        return known.all();
    }

    private Set<String> named() {
        Object answer = ask(
                "its queues", message -> ManagementHelper.putAttribute(message, ResourceNames.BROKER, "queueNames"));
        if (answer instanceof Object[] names) {
            return Arrays.stream(names).map(String::valueOf).collect(Collectors.toUnmodifiableSet());
        }
        throw new IllegalStateException("the broker's answer about its queues cannot be read");
    }

    /** As of a moment ago. */
    long number(String queue, String attribute) {
        String what = queue + "/" + attribute;
        Number known = numbers.get(what);
        if (known != null && System.nanoTime() - known.at() < FRESH_NANOS) {
            return known.value();
        }
        String resource = ResourceNames.QUEUE + queue;
        Object answer = ask(what, message -> ManagementHelper.putAttribute(message, resource, attribute));
        long value = answer instanceof java.lang.Number number ? number.longValue() : 0;
        numbers.put(what, new Number(value, System.nanoTime()));
        return value;
    }

    /** The deliveries that stand in what this operation of a queue lists. */
    List<UUID> listed(String queue, String operation, Object... parameters) {
        String resource = ResourceNames.QUEUE + queue;
        Object answer = ask(queue, message -> {
            try {
                ManagementHelper.putOperationInvocation(message, resource, operation, parameters);
            } catch (Exception e) {
                throw new IllegalStateException("a question to the broker cannot be written", e);
            }
        });
        try {
            return JSON.readTree(String.valueOf(answer)).findValuesAsText(PartyQueues.DELIVERY_ID).stream()
                    .map(UUID::fromString)
                    .toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the broker's answer about " + queue + " cannot be read", e);
        }
    }

    private interface Question {
        void write(ClientMessage message);
    }

    private @Nullable Object ask(String about, Question question) {
        turn.lock();
        try {
            Line open = line == null ? open() : line;
            line = open;
            ClientMessage message = open.session().createMessage(false);
            question.write(message);
            ClientMessage answer = open.requestor().request(message, PATIENCE_MILLIS);
            if (answer == null) {
                throw new ActiveMQConnectionTimedOutException("no answer within " + PATIENCE_MILLIS + " ms");
            }
            if (!ManagementHelper.hasOperationSucceeded(answer)) {
                throw new IllegalStateException("the broker has no answer about " + about);
            }
            return ManagementHelper.getResult(answer);
        } catch (IllegalStateException e) {
            hangUp();
            throw e;
        } catch (Exception e) {
            hangUp();
            throw new IllegalStateException("the shared broker cannot be asked about " + about, e);
        } finally {
            turn.unlock();
        }
    }

    private Line open() throws Exception {
        ClientSessionFactory sessions = locator.createSessionFactory();
        try {
            ClientSession session = sessions.createSession();
            ClientRequestor requestor =
                    new ClientRequestor(session, ActiveMQDefaultConfiguration.getDefaultManagementAddress());
            session.start();
            return new Line(sessions, session, requestor);
        } catch (ActiveMQException e) {
            sessions.close();
            throw e;
        }
    }

    private void hangUp() {
        Line open = line;
        line = null;
        if (open != null) {
            open.sessions().close();
        }
    }

    @Override
    public void close() {
        turn.lock();
        try {
            hangUp();
        } finally {
            turn.unlock();
        }
    }
}
