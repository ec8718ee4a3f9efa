package io.chapar.console;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.management.ObjectName;

import static io.chapar.console.Role.ADMIN;
import static io.chapar.console.Role.AUDITOR;
import static io.chapar.console.Role.OPERATOR;
import static io.chapar.console.Role.VIEWER;

/**
 * Which role may call which operation of which MBean, and which attributes may be read. What is not listed is denied:
 * an operation that shows message bodies or dumps the heap is not listed, for nobody.
 */
public final class Permissions {

    private static final Set<Role> EVERYBODY = EnumSet.of(VIEWER, OPERATOR, AUDITOR, ADMIN);
    private static final Set<Role> WHO_ACTS = EnumSet.of(OPERATOR, ADMIN);
    private static final Set<Role> ADMINS = EnumSet.of(ADMIN);

    private static final String OWN = "io.chapar";
    private static final String CAMEL = "org.apache.camel";
    private static final String ARTEMIS = "org.apache.activemq.artemis";

    /**
     * One line of the list.
     *
     * @param type the MBean's key {@code type} (Camel), {@code component} (Artemis) or any when {@code *}
     * @param operations by name, with whatever parameters; or with a signature, and then only with that
     */
    private record Line(Set<Role> who, String domain, String key, String value, Set<String> operations) {

        boolean covers(ObjectName name, String operation) {
            return name.getDomain().equals(domain)
                    && (key.equals("*") || value.equals(name.getKeyProperty(key)))
                    && (operations.contains(operation) || operations.contains(plain(operation)));
        }
    }

    private static final List<Line> LIST = List.of(
            // pictures and figures of routes
            new Line(
                    EVERYBODY,
                    CAMEL,
                    "type",
                    "context",
                    Set.of(
                            "dumpRoutesAsXml",
                            "dumpRoutesAsYaml",
                            "dumpRoutesStatsAsXml",
                            "dumpRoutesStatsAsJSon",
                            "dumpStructuredRoutesAsJSon",
                            "dumpStepStatsAsXml",
                            "dumpRoutesSourceLocationsAsXml",
                            "getRouteGroup")),
            new Line(
                    EVERYBODY,
                    CAMEL,
                    "type",
                    "routes",
                    Set.of(
                            "dumpRouteAsXml",
                            "dumpRouteAsYaml",
                            "dumpRouteStatsAsXml",
                            "dumpRouteStatsAsJSon",
                            "dumpStructuredRouteAsJSon",
                            "dumpStepStatsAsXml",
                            "dumpRouteSourceLocationsAsXml")),
            new Line(
                    EVERYBODY,
                    CAMEL,
                    "type",
                    "services",
                    Set.of("endpointStatistics", "listRestServices", "listTypeConverters")),
            // figures of the broker: names and counts, no messages
            new Line(
                    EVERYBODY,
                    ARTEMIS,
                    "*",
                    "*",
                    Set.of(
                            "listQueues",
                            "listAddresses",
                            "listConsumers",
                            "listProducers",
                            "listSessions",
                            "listConnections",
                            "listNetworkTopology",
                            "getRoles",
                            "getRolesAsJSON",
                            // the overloads take a filter, which can ask about the content of messages
                            "countMessages()",
                            "getMessageCount")),
            // what Hawtio asks about itself
            new Line(EVERYBODY, "hawtio", "*", "*", Set.of("canInvoke", "list", "getVersion")),
            new Line(EVERYBODY, "java.lang", "type", "Threading", Set.of("dumpAllThreads", "findDeadlockedThreads")),
            // what receivers would not have: ids, codes and times
            new Line(EVERYBODY, OWN, "type", "Parked", Set.of("list")),
            // acting on what is stuck
            new Line(WHO_ACTS, OWN, "type", "Parked", Set.of("sendAgain", "sendAllAgain")),
            new Line(WHO_ACTS, OWN, "type", "Channel", Set.of("pause", "resume")),
            new Line(WHO_ACTS, CAMEL, "type", "routes", Set.of("start", "stop", "suspend", "resume", "reset")),
            new Line(WHO_ACTS, CAMEL, "type", "consumers", Set.of("start", "stop", "suspend", "resume")),
            new Line(WHO_ACTS, ARTEMIS, "subcomponent", "queues", Set.of("pause", "resume")),
            // for everybody's messages at once
            new Line(ADMINS, CAMEL, "type", "context", Set.of("suspend", "resume", "reset")),
            new Line(ADMINS, "java.lang", "type", "Memory", Set.of("gc")));

    /** Whose attributes are figures and settings. Others (the heap's diagnostics, the loggers) are not looked at. */
    private static final Set<String> READABLE =
            Set.of(CAMEL, ARTEMIS, OWN, "java.lang", "java.nio", "java.util.logging", "hawtio", "jolokia", "metrics");

    /** Show the bodies of messages, what failed with their content in hand, or settings that may hold a password. */
    private static final Pattern UNREADABLE = Pattern.compile(
            "FirstMessage(AsJSON)?|LastError|SystemProperties|InputArguments|.*[Pp]assword.*|.*[Ss]ecret.*");

    public boolean mayCall(Set<Role> roles, ObjectName name, String operation) {
        return LIST.stream()
                .filter(line -> line.covers(name, operation))
                .anyMatch(line -> roles.stream().anyMatch(line.who()::contains));
    }

    /** An overloaded operation comes with its signature: {@code dumpRoutesAsXml(boolean)}. */
    private static String plain(String operation) {
        int signature = operation.indexOf('(');
        return signature < 0 ? operation : operation.substring(0, signature);
    }

    public boolean mayRead(Set<Role> roles, ObjectName name, String attribute) {
        return !roles.isEmpty()
                && READABLE.contains(name.getDomain())
                && !UNREADABLE.matcher(attribute).matches();
    }
}
