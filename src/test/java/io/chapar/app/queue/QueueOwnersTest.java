package io.chapar.app.queue;

import io.chapar.message.Party;
import io.chapar.message.Party.ClearQueues;
import io.chapar.message.PartyCode;
import io.chapar.trust.TestPki;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Nobody has queues before somebody has said what protects what lies in them. */
class QueueOwnersTest {

    private static final TestPki PKI = new TestPki("queue owners");

    static Party party(String code, Party.Channel channel, Optional<ClearQueues> clear) {
        return party(code, channel, clear, List.of());
    }

    static Party party(
            String code, Party.Channel channel, Optional<ClearQueues> clear, List<X509Certificate> encryption) {
        return new Party(
                new PartyCode(code),
                code,
                Set.of(),
                List.of(),
                List.of(),
                encryption,
                channel,
                Optional.empty(),
                Optional.empty(),
                true,
                clear);
    }

    private static final Party MH = party("MH", Party.Channel.REST, Optional.empty());
    private static final Party SSC = party("SSC", Party.Channel.QUEUE, Optional.empty());

    @Test
    void all_parties_have_queues_where_the_journal_lies_on_an_encrypted_volume() {
        assertThat(QueueOwners.of(List.of(MH, SSC), "encrypted-volume", false)).containsExactly(MH.code(), SSC.code());
    }

    @Test
    void only_those_have_queues_of_whom_it_is_said() {
        Party said = party("SMS", Party.Channel.REST, Optional.of(ClearQueues.ENCRYPTED_VOLUME));
        assertThat(QueueOwners.of(List.of(MH, said), "", false)).containsExactly(said.code());
    }

    @Test
    void in_a_sandbox_nothing_needs_protection() {
        assertThat(QueueOwners.of(List.of(MH, SSC), "sandbox", true)).hasSize(2);
    }

    @Test
    void the_gateway_itself_has_none() {
        Party chapar = party("CHAPAR", Party.Channel.MAILBOX, Optional.empty());
        assertThat(QueueOwners.of(List.of(chapar), "encrypted-volume", false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"sandbox, chapar.mode", "anything, encrypted-volume", "'', SSC", "jwe, jwe"})
    void refused_with_the_settings_name_in_production(String everywhere, String says) {
        assertThatThrownBy(() -> QueueOwners.of(List.of(MH, SSC), everywhere, false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("clear-queues")
                .hasMessageContaining(says);
    }

    @Test
    void a_party_that_can_be_encrypted_to_may_have_its_queues_encrypted() {
        Party encrypts = party(
                "SSC",
                Party.Channel.QUEUE,
                Optional.of(ClearQueues.JWE),
                List.of(PKI.encryption("SSC").certificate()));
        assertThat(QueueOwners.of(List.of(MH, encrypts), "", false)).containsExactly(encrypts.code());
        assertThat(QueueOwners.encrypted(List.of(MH, encrypts), "")).containsExactly(encrypts.code());
        assertThat(QueueOwners.encrypted(List.of(MH, encrypts), "jwe"))
                .containsExactlyInAnyOrder(MH.code(), encrypts.code());
    }

    @Test
    void what_is_said_of_one_party_counts_before_what_is_said_of_all() {
        Party volume = party("SSC", Party.Channel.QUEUE, Optional.of(ClearQueues.ENCRYPTED_VOLUME));
        assertThat(QueueOwners.encrypted(List.of(volume), "jwe")).isEmpty();
    }

    @Test
    void refused_when_the_only_certificate_to_encrypt_to_is_one_to_sign_with() {
        Party signs = party(
                "SSC",
                Party.Channel.QUEUE,
                Optional.of(ClearQueues.JWE),
                List.of(PKI.signing("SSC").certificate()));
        assertThatThrownBy(() -> QueueOwners.of(List.of(signs), "", false))
                .hasMessageContaining("chapar.parties.SSC.clear-queues is jwe")
                .hasMessageContaining("certificates.encryption")
                .hasMessageContaining("keyAgreement");
    }

    @ParameterizedTest
    @CsvSource({"SANDBOX", "JWE"})
    void refused_when_one_party_says_what_cannot_be_kept(ClearQueues said) {
        Party party = party("SSC", Party.Channel.QUEUE, Optional.of(said));
        assertThatThrownBy(() -> QueueOwners.of(List.of(party), "encrypted-volume", false))
                .hasMessageContaining("chapar.parties.SSC.clear-queues");
    }

    @Test
    void refused_when_a_party_reads_a_queue_and_amqp_is_off() {
        assertThat(QueueOwners.ofNobody(List.of(MH))).isEmpty();
        assertThatThrownBy(() -> QueueOwners.ofNobody(List.of(MH, SSC)))
                .hasMessageContaining("chapar.broker.amqp-port")
                .hasMessageContaining("SSC");
    }
}
