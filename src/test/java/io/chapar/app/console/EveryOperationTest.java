package io.chapar.app.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chapar.console.Permissions;
import io.chapar.console.Role;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Each operation of each MBean that there is, asked for by each role. */
class EveryOperationTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int AT_ONCE = 500;

    /** What an operation is called that shows something and changes nothing. */
    private static final String LOOKS = "(dump|get|list|count|find|can)[A-Z].*|list\\(.*|endpointStatistics\\(.*";

    private record Operation(ObjectName bean, String signature, int parameters) {

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
        List<Operation> all = new ArrayList<>();
        for (ObjectName bean : server.queryNames(null, null)) {
            for (MBeanOperationInfo operation : operations(server, bean)) {
                String types = Arrays.stream(operation.getSignature())
                        .map(MBeanParameterInfo::getType)
                        .collect(Collectors.joining(","));
                all.add(new Operation(bean, operation.getName() + "(" + types + ")", operation.getSignature().length));
            }
        }
        return all;
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
}
