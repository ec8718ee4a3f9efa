package io.chapar.sandbox.load;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Looks into the gateway's process from beside it, as {@code jconsole} does: on this machine, as the same user. */
final class Vitals implements AutoCloseable {

    private static final long KILOBYTE = 1024;

    /**
     * In bytes and pieces.
     *
     * @param heap that is in use after a collection
     * @param resident memory of the whole process, and the most that it ever was; absent where the system does not tell
     */
    record Sample(long heap, long threads, long files, OptionalLong resident, OptionalLong mostResident) {

        long mostResidentMegabytes() {
            return mostResident.orElse(0) / KILOBYTE / KILOBYTE;
        }

        double heapMegabytes() {
            return heap / (double) (KILOBYTE * KILOBYTE);
        }
    }

    private final long pid;
    private final JMXConnector connector;
    private final MBeanServerConnection beans;
    private final MemoryMXBean memory;
    private final ThreadMXBean threads;

    private Vitals(long pid, JMXConnector connector) throws IOException {
        this.pid = pid;
        this.connector = connector;
        this.beans = connector.getMBeanServerConnection();
        this.memory = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        this.threads = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    }

    static Vitals of(long pid) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                return new Vitals(
                        pid, JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException("the gateway's process cannot be looked into", e);
        }
    }

    /** Collects first: what is garbage is nobody's need. */
    Sample sample() throws IOException {
        memory.gc();
        try {
            Object files = beans.getAttribute(
                    ObjectName.getInstance(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME), "OpenFileDescriptorCount");
            return new Sample(
                    memory.getHeapMemoryUsage().getUsed(),
                    threads.getThreadCount(),
                    files instanceof Long count ? count : 0,
                    status("VmRSS:"),
                    status("VmHWM:"));
        } catch (JMException e) {
            throw new IOException("the gateway's process does not tell how many files it has open", e);
        }
    }

    private OptionalLong status(String name) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (Files.notExists(status)) {
            return OptionalLong.empty();
        }
        List<String> lines = Files.readAllLines(status);
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KILOBYTE)
                .findFirst();
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
