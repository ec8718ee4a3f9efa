package io.chapar.deliver;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.chapar.fuzz.Seeds.Parted;
import io.chapar.fuzz.Target;
import io.chapar.message.Digest;
import io.chapar.message.Dispatch;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.FewParties;
import io.chapar.message.Format;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.message.PartyDirectory;
import io.chapar.message.Passage;
import io.chapar.trust.CertificateTargets;
import io.chapar.trust.CertificatesByThumbprint;
import io.chapar.trust.EnvelopeSignatures;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.JsonSignatures;
import io.chapar.trust.Malformed;
import io.chapar.trust.TestPki;
import io.chapar.trust.XmlSignatures;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import static io.chapar.fuzz.Target.promise;

/**
 * What a receiver answers to a delivery: in the first line its signature, after it the acknowledgement, in JSON or an
 * envelope. None holds that does not name the delivery and what was handed over.
 */
public final class AcknowledgementTarget implements Target {

    private static final ObjectMapper JSON = new ObjectMapper();

    public static final UUID DELIVERY = UUID.fromString("6f9619ff-8b86-4d01-b42d-00c04fc964ff");
    public static final Digest DIGEST = Digest.of(new byte[] {1});

    private final Party signing;
    private final Party notSigning;
    private final Proofs proofs;
    private final Dispatch.Signed signed;

    public AcknowledgementTarget() throws IOException {
        signing = party("SPR", true);
        notSigning = party("MJ", false);
        PartyDirectory directory = new FewParties(List.of(signing, notSigning));
        proofs = new Proofs(
                directory,
                CertificateTargets.paths(),
                new JsonSignatures(new CertificatesByThumbprint(directory)),
                new XmlSignatures(),
                new EnvelopeSignatures(TestPki.CLOCK, Duration.ofMinutes(5)),
                TestPki.CLOCK);
        signed = new Dispatch.Signed(due(), new byte[] {1}, "application/json", Optional.empty(), DIGEST);
    }

    @Override
    public void take(byte[] input) throws IOException {
        Parted parted = Parted.of(input);
        HttpAnswer answer = new HttpAnswer(200, Map.of("x-jws-signature", parted.first()), parted.rest());
        boolean held = holds(answer, signing);
        if (holds(answer, notSigning) || held) {
            String said = isXml(answer)
                    ? text(answer.body())
                    : JSON.readTree(answer.body()).toString();
            promise(said.contains(DELIVERY.toString()), "it names the delivery");
            promise(said.contains(DIGEST.toString()), "it names what was handed over");
        }
    }

    private static boolean isXml(HttpAnswer answer) {
        return answer.body().length > 0 && answer.body()[0] == '<';
    }

    private static String text(byte[] xml) {
        try {
            return HardenedXml.parse(xml).getDocumentElement().getTextContent();
        } catch (Malformed e) {
            throw new AssertionError("what was read is not read again", e);
        }
    }

    private boolean holds(HttpAnswer answer, Party receiver) {
        try {
            if (isXml(answer)) {
                proofs.envelope(signed, receiver, answer);
            } else {
                proofs.json(signed, receiver, answer);
            }
            return true;
        } catch (ChannelFailure e) {
            return false;
        }
    }

    private static Party party(String code, boolean signs) throws IOException {
        return new Party(
                new PartyCode(code),
                code,
                Set.of(),
                List.of(),
                signs ? List.of(CertificateTargets.party()) : List.of(),
                List.of(),
                Party.Channel.REST,
                Optional.empty(),
                Optional.empty(),
                signs,
                Optional.empty());
    }

    private static Dispatch.Due due() {
        return new Dispatch.Due(
                DELIVERY,
                1,
                new PartyCode("SPR"),
                DELIVERY,
                new PartyCode("MH"),
                new ExchangeVersion("birth-notification", "1.0"),
                Optional.empty(),
                Passage.Door.REST,
                Format.JSON,
                new byte[0],
                DIGEST,
                List.of(),
                Instant.EPOCH,
                0);
    }
}
