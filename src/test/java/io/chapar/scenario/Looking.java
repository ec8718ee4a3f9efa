package io.chapar.scenario;

import io.chapar.console.Permissions;
import io.chapar.console.Role;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What people see who look through Hawtio. */
final class Looking {

    private Looking() {}

    /** Every attribute that may be read and every operation that only shows, about all that there is. */
    static String atEverything(Set<Role> roles) throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        Permissions permissions = new Permissions();
        StringBuilder seen = new StringBuilder();
        for (ObjectName name : server.queryNames(null, null)) {
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                if (attribute.isReadable() && permissions.mayRead(roles, name, attribute.getName())) {
                    seen.append(name)
                            .append(' ')
                            .append(text(() -> server.getAttribute(name, attribute.getName())))
                            .append('\n');
                }
            }
            for (MBeanOperationInfo operation : server.getMBeanInfo(name).getOperations()) {
                String[] types = Arrays.stream(operation.getSignature())
                        .map(MBeanParameterInfo::getType)
                        .toArray(String[]::new);
                String called = operation.getName() + "(" + String.join(",", types) + ")";
                if (operation.getName().matches("(dump|list|get|find|endpoint).*")
                        && permissions.mayCall(roles, name, called)) {
                    Object[] everything = everything(types);
                    seen.append(name)
                            .append(' ')
                            .append(text(() -> server.invoke(name, operation.getName(), everything, types)))
                            .append('\n');
                }
            }
        }
        return seen.toString();
    }

    /** No filter; the first page, and a long one; and whatever more can be asked for. */
    private static Object[] everything(String... types) {
        List<Object> values = new ArrayList<>();
        for (String type : types) {
            boolean page = type.equals("int") && !values.contains(1);
            values.add(
                    switch (type) {
                        case "int" -> page ? 1 : 1000;
                        case "boolean" -> true;
                        default -> "";
                    });
        }
        return values.toArray();
    }

    /** An attribute that this machine does not have shows nothing. */
    private static String text(Callable<Object> call) {
        try {
            Object value = call.call();
            return value instanceof Object[] many ? Arrays.deepToString(many) : String.valueOf(value);
        } catch (Exception unsupported) {
            return unsupported.toString();
        }
    }
}
