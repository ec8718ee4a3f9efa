package io.chapar.console;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Shows something to administrators, as long as the gateway lives. */
public final class ShownBean implements AutoCloseable {

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final ObjectName name;

    /** @param bean with an interface whose name ends with {@code MXBean} */
    public ShownBean(String name, Object bean) {
        try {
            this.name = new ObjectName(name);
            close();
            server.registerMBean(bean, this.name);
        } catch (JMException e) {
            throw new IllegalStateException(name + " cannot be shown", e);
        }
    }

    @Override
    public void close() throws JMException {
        if (server.isRegistered(name)) {
            server.unregisterMBean(name);
        }
    }
}
