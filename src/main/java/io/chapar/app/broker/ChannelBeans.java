package io.chapar.app.broker;

import io.chapar.console.Metrics;
import io.chapar.console.ShownBean;
import io.chapar.deliver.ReceiverChannel;
import io.chapar.message.PartyCode;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import javax.management.JMException;

/** Shows every channel to administrators as {@code io.chapar:type=Channel,name=<PARTY>}, and as a figure. */
public final class ChannelBeans implements BiConsumer<PartyCode, ReceiverChannel>, AutoCloseable {

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<ShownBean> shown = new ArrayDeque<>();
    private final Metrics metrics;

    public ChannelBeans(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void accept(PartyCode party, ReceiverChannel channel) {
        lock.lock();
        try {
            shown.add(new ShownBean("io.chapar:type=Channel,name=" + party.value(), channel));
            metrics.channel(party, () -> channel.state() == ReceiverChannel.State.OPEN);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws JMException {
        lock.lock();
        try {
            for (ShownBean bean = shown.poll(); bean != null; bean = shown.poll()) {
                bean.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
