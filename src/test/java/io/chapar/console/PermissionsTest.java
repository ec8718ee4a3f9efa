package io.chapar.console;

import java.util.EnumSet;
import java.util.Set;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PermissionsTest {

    private final Permissions permissions = new Permissions();

    private static ObjectName queue() throws JMException {
        return new ObjectName("org.apache.activemq.artemis:broker=\"chapar\",component=addresses,"
                + "address=\"out.SMS\",subcomponent=queues,routing-type=\"anycast\",queue=\"out.SMS\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "countMessages",
                "countMessages(java.lang.String)",
                "countMessages( java.lang.String )",
                "countMessages(java.lang.String,java.lang.String)"
            })
    void refused_to_every_role_to_count_messages_by_what_is_in_them(String operation) throws JMException {
        assertThat(permissions.mayCall(EnumSet.allOf(Role.class), queue(), operation))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void every_role_may_ask_how_many_messages_there_are(Role role) throws JMException {
        assertThat(permissions.mayCall(Set.of(role), queue(), "countMessages()"))
                .isTrue();
    }

    @Test
    void an_operation_that_is_listed_by_name_may_be_called_with_its_signature() throws JMException {
        ObjectName context = new ObjectName("org.apache.camel:context=chapar,type=context,name=\"chapar\"");
        assertThat(permissions.mayCall(Set.of(Role.VIEWER), context, "dumpRoutesAsXml(boolean)"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "VIEWER, Parked, sendAgain",
        "AUDITOR, Parked, sendAgain(java.lang.String)",
        "VIEWER, Parked, sendAllAgain",
        "AUDITOR, Parked, sendAllAgain",
        "VIEWER, Channel, pause",
        "AUDITOR, Channel, resume",
        "ADMIN, Channel, stop",
        "ADMIN, Other, sendAgain",
    })
    void refused_when_the_role_only_looks_or_nothing_of_the_kind_is_listed(Role role, String type, String operation)
            throws JMException {
        assertThat(permissions.mayCall(Set.of(role), new ObjectName("io.chapar:type=" + type), operation))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "OPERATOR, Parked, sendAgain",
        "ADMIN, Parked, sendAllAgain",
        "VIEWER, Parked, list",
        "AUDITOR, Parked, list",
        "OPERATOR, Channel, pause"
    })
    void allowed_to_those_who_act_and_the_list_to_everybody(Role role, String type, String operation)
            throws JMException {
        assertThat(permissions.mayCall(Set.of(role), new ObjectName("io.chapar:type=" + type), operation))
                .isTrue();
    }
}
