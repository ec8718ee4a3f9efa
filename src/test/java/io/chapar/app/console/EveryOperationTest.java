package io.chapar.app.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chapar.app.FewExchanges;
import io.chapar.app.WholeGateway;
import io.chapar.console.Permissions;
import io.chapar.console.Role;
import io.chapar.trust.TestCertificates;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** Each operation of each kind of MBean that there is in a whole gateway, asked for by each role. */
class EveryOperationTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int AT_ONCE = 500;

    /** What an operation is called that shows something and changes nothing. */
    private static final String LOOKS = "(dump|get|list|count|find|can)[A-Z].*|list\\(.*|endpointStatistics\\(.*";

    /** What changes something and is listed: whom it may serve is said once more, apart from the code that decides. */
    private static final Set<String> OPERATORS = Set.of(
            "io.chapar Channel pause()",
            "io.chapar Channel resume()",
            "io.chapar Parked sendAgain(java.lang.String)",
            "io.chapar Parked sendAllAgain(" + "java.lang.String,".repeat(4) + "java.lang.String)",
            "org.apache.camel consumers start()",
            "org.apache.camel consumers stop()",
            "org.apache.camel consumers suspend()",
            "org.apache.camel consumers resume()",
            "org.apache.camel routes start()",
            "org.apache.camel routes stop()",
            "org.apache.camel routes stop(long)",
            "org.apache.camel routes stop(java.lang.Long,java.lang.Boolean)",
            "org.apache.camel routes suspend()",
            "org.apache.camel routes suspend(long)",
            "org.apache.camel routes resume()",
            "org.apache.camel routes reset()",
            "org.apache.camel routes reset(boolean)",
            "org.apache.activemq.artemis addresses queues pause()",
            "org.apache.activemq.artemis addresses queues pause(boolean)",
            "org.apache.activemq.artemis addresses queues resume()");

    private static final Set<String> ADMINS = Set.of(
            "org.apache.camel context suspend()",
            "org.apache.camel context resume()",
            "org.apache.camel context reset()",
            "org.apache.camel context reset(boolean)",
            "java.lang Memory gc()");

    private static ConfigurableApplicationContext gateway;

    /** Beside the one at whose port all is asked for; what both show lies in the server of their process. */
    @BeforeAll
    static void a_whole_gateway(@TempDir Path folder) throws IOException {
        TestCertificates.in(folder.resolve("certificates"));
        gateway = WholeGateway.start(WholeGateway.settings(
                folder,
                "--camel.main.name=whole",
                "--chapar.routes=" + FewExchanges.in(folder.resolve("routes"), List.of("border-crossing"))));
    }

    @AfterAll
    static void it_ends() {
        gateway.close();
    }

    private record Operation(ObjectName bean, String signature, int parameters) {

        /** What all beans have in common that differ in their names only. */
        String kind() {
            return Stream.of(
                            bean.getDomain(),
                            bean.getKeyProperty("type"),
                            bean.getKeyProperty("component"),
                            bean.getKeyProperty("subcomponent"))
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining(" "));
        }

        Map<String, Object> call() {
            return Map.of(
                    "type",
                    "exec",
                    "mbean",
                    bean.getCanonicalName(),
                    "operation",
                    signature,
                    "arguments",
                    Collections.nCopies(parameters, ""));
        }
    }

    private static List<Operation> all() throws JMException {
        assertThat(RunningConsole.camel().getStatus().isStarted()).isTrue();
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        Map<String, Operation> all = new LinkedHashMap<>();
        for (ObjectName bean : server.queryNames(null, null)) {
            for (MBeanOperationInfo operation : operations(server, bean)) {
                String types = Arrays.stream(operation.getSignature())
                        .map(MBeanParameterInfo::getType)
                        .collect(Collectors.joining(","));
                Operation one =
                        new Operation(bean, operation.getName() + "(" + types + ")", operation.getSignature().length);
                all.putIfAbsent(one.kind() + " " + one.signature(), one);
            }
        }
        assertThat(all.values().stream().map(Operation::kind))
                .as("a whole gateway is here")
                .contains("io.chapar Parked", "io.chapar Channel", "org.apache.activemq.artemis addresses queues");
        return List.copyOf(all.values());
    }

    private static MBeanOperationInfo[] operations(MBeanServer server, ObjectName bean) throws JMException {
        try {
            return server.getMBeanInfo(bean).getOperations();
        } catch (InstanceNotFoundException goneMeanwhile) {
            return new MBeanOperationInfo[0];
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void refused_to_every_role_whatever_is_not_listed_for_it(Role role) throws Exception {
        Browser browser = new Browser();
        browser.logIn(role.code(), role.code() + "-sandbox");
        Permissions permissions = new Permissions();
        List<Operation> denied = all().stream()
                .filter(each -> !permissions.mayCall(Set.of(role), each.bean(), each.signature()))
                .toList();
        assertThat(denied).hasSizeGreaterThan(100);

        for (int from = 0; from < denied.size(); from += AT_ONCE) {
            List<Operation> some = denied.subList(from, Math.min(denied.size(), from + AT_ONCE));
            JsonNode answers = JSON.readTree(browser.jolokia(JSON.writeValueAsString(
                            some.stream().map(Operation::call).toList()))
                    .body());
            assertThat(answers).hasSize(some.size());
            for (int i = 0; i < some.size(); i++) {
                assertThat(answers.get(i).path("status").asInt())
                        .as("%s %s", some.get(i), answers.get(i).path("error"))
                        .isEqualTo(403);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"VIEWER", "AUDITOR"})
    void who_only_looks_calls_nothing_that_changes_anything(Role role) throws JMException {
        Permissions permissions = new Permissions();

        assertThat(all().stream()
                        .filter(each -> permissions.mayCall(Set.of(role), each.bean(), each.signature()))
                        .map(Operation::signature))
                .isNotEmpty()
                .allMatch(signature -> signature.matches(LOOKS));
    }

    @Test
    void who_acts_changes_what_is_stuck_and_no_more_and_an_admin_a_little_more() throws JMException {
        assertThat(changes(Role.OPERATOR)).isEqualTo(OPERATORS);
        assertThat(changes(Role.ADMIN))
                .isEqualTo(Stream.concat(OPERATORS.stream(), ADMINS.stream()).collect(Collectors.toSet()));
    }

    private static Set<String> changes(Role role) throws JMException {
        Permissions permissions = new Permissions();
        return all().stream()
                .filter(each -> permissions.mayCall(Set.of(role), each.bean(), each.signature()))
                .filter(each -> !each.signature().matches(LOOKS))
                .map(each -> each.kind() + " " + each.signature())
                .collect(Collectors.toSet());
    }
}
