package io.chapar.trust;

import io.chapar.message.Digest;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.PartyCode;
import io.chapar.message.Receipt;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReceiptsTest {

    private static final Instant AT = Instant.parse("2019-01-31T08:00:00.123Z");
    private static final UUID ID = UUID.fromString("6f4d3c1e-0b52-4c7e-9a55-1f2d3c4b5a69");

    @Test
    void the_claims_are_the_receipts_facts_in_order() throws Malformed {
        Map<String, Object> claims = HardenedJson.parse(
                Receipts.claims(receipt(Optional.of(new Receipt.Deadline(AT.plusSeconds(60), true)))));

        assertThat(claims.keySet())
                .containsExactly(
                        "receiptId",
                        "messageId",
                        "exchange",
                        "version",
                        "sender",
                        "contentDigest",
                        "bytesDigest",
                        "acceptedAt",
                        "deadline",
                        "mergeDelaySeconds");
        assertThat(claims.get("acceptedAt")).isEqualTo("2019-01-31T08:00:00.123Z");
        assertThat(claims.get("deadline")).isEqualTo(Map.of("due", "2019-01-31T08:01:00.123Z", "met", true));
        assertThat(claims.get("mergeDelaySeconds")).isEqualTo(2L);
    }

    @Test
    void no_term_is_null_in_json_and_absent_in_xml() throws Malformed {
        Receipt receipt = receipt(Optional.empty());

        assertThat(HardenedJson.parse(Receipts.claims(receipt)))
                .containsKey("deadline")
                .containsEntry("deadline", null);
        assertThat(new String(Receipts.element(receipt), StandardCharsets.UTF_8))
                .doesNotContain("deadline");
    }

    @Test
    void the_xml_says_the_same() throws Malformed {
        var root =
                HardenedXml.parse(Receipts.element(receipt(Optional.empty()))).getDocumentElement();

        assertThat(root.getNamespaceURI()).isEqualTo("urn:chapar:common:1.0");
        assertThat(root.getFirstChild().getTextContent()).isEqualTo(ID.toString());
        assertThat(root.getLastChild().getTextContent()).isEqualTo("2");
    }

    private static Receipt receipt(Optional<Receipt.Deadline> deadline) {
        return new Receipt(
                ID,
                ID,
                new ExchangeVersion("test-notice", "1.0"),
                new PartyCode("MFA-ISTANBUL"),
                Digest.of(new byte[] {1}),
                Digest.of(new byte[] {2}),
                AT,
                deadline,
                Duration.ofSeconds(2));
    }
}
