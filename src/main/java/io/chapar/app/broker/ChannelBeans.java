package io.chapar.app.broker;

import io.chapar.deliver.ReceiverChannel;
import io.chapar.message.PartyCode;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Shows every channel to administrators as {@code io.chapar:type=Channel,name=<PARTY>}. */
public final class ChannelBeans implements BiConsumer<PartyCode, ReceiverChannel>, AutoCloseable {

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<ObjectName> shown = new ArrayDeque<>();

    @Override
    public void accept(PartyCode party, ReceiverChannel channel) {
        lock.lock();
        try {
            ObjectName name = new ObjectName("io.chapar:type=Channel,name=" + party.value());
            if (server.isRegistered(name)) {
                server.unregisterMBean(name);
            }
            server.registerMBean(channel, name);
            shown.add(name);
        } catch (JMException e) {
            throw new IllegalStateException("the channel of " + party + " cannot be shown", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws JMException {
        lock.lock();
        try {
            for (ObjectName name = shown.poll(); name != null; name = shown.poll()) {
                if (server.isRegistered(name)) {
                    server.unregisterMBean(name);
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
