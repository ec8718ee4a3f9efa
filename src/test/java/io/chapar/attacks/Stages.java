package io.chapar.attacks;

import io.chapar.accept.Accept;
import io.chapar.accept.AttachmentLimits;
import io.chapar.app.catalogue.RealFiles;
import io.chapar.authenticate.Authenticate;
import io.chapar.authorise.Authorise;
import io.chapar.message.Agreement;
import io.chapar.message.FewParties;
import io.chapar.message.Format;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.record.AttachmentStore;
import io.chapar.trust.BatchSignatures;
import io.chapar.trust.CertificatePaths;
import io.chapar.trust.CertificatesByThumbprint;
import io.chapar.trust.EnvelopeSignatures;
import io.chapar.trust.JsonSignatures;
import io.chapar.trust.TestPki;
import io.chapar.trust.XmlSignatures;
import io.chapar.validate.Validate;
import io.chapar.verify.Verify;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stages that refuse, one after the other as on the straight way, for all parties and exchanges of the catalogue. */
final class Stages {

    private static final int MAXIMUM_BYTES = 20 << 20;
    private static final AttachmentLimits LIMITS = new AttachmentLimits(2 << 20, 50 << 20, 210 << 20);

    private final TestPki pki = new TestPki("Attacks");
    private final Map<PartyCode, TestPki.Identity> tls = new HashMap<>();
    private final Map<PartyCode, TestPki.Identity> signing = new HashMap<>();
    private final Accept accept;
    private final Authenticate authenticate;
    private final Verify verify;
    private final Validate validate = new Validate(RealFiles.SCHEMAS);
    private final Authorise authorise;

    Stages(Path folder) throws IOException {
        FewParties parties = new FewParties(
                RealFiles.PARTIES.all().stream().map(this::certified).toList());
        CertificatePaths paths = pki.paths(folder);
        JsonSignatures json = new JsonSignatures(new CertificatesByThumbprint(parties));
        this.authenticate = new Authenticate(parties, paths);
        this.accept = new Accept(
                RealFiles.CATALOGUE,
                parties,
                MAXIMUM_BYTES,
                LIMITS,
                AttachmentStore.open(folder.resolve("attachments"), TestPki.CLOCK),
                authenticate);
        this.verify = new Verify(
                parties,
                paths,
                new XmlSignatures(),
                new EnvelopeSignatures(TestPki.CLOCK, Duration.ofMinutes(5)),
                json,
                new BatchSignatures(json));
        this.authorise =
                new Authorise(RealFiles.CATALOGUE, parties, header -> Optional.empty(), header -> false, TestPki.CLOCK);
    }

    private Party certified(Party party) {
        TestPki.Identity connects = pki.tls(party.code().value());
        TestPki.Identity signs = pki.signing(party.code().value());
        tls.put(party.code(), connects);
        signing.put(party.code(), signs);
        return new Party(
                party.code(),
                party.name(),
                party.groups(),
                List.of(connects.certificate()),
                List.of(signs.certificate()),
                party.channel(),
                party.address(),
                party.queries(),
                party.acknowledgementSigned());
    }

    TestPki pki() {
        return pki;
    }

    Author signer(PartyCode party) {
        TestPki.Identity identity = Optional.ofNullable(signing.get(party)).orElseThrow();
        return new Author(identity.keys().getPrivate(), identity.certificate(), TestPki.CLOCK);
    }

    /** As far as its signature is proven. */
    Passage.Verified verified(Agreement agreement, PartyCode party, Form form, Attack attack) throws Refusal {
        return verify.apply(authenticate.apply(accept.apply(new Passage.Arrived(
                form == Form.SOAP ? Passage.Door.SOAP : Passage.Door.REST,
                agreement.exchange().exchange(),
                attack.contentType(),
                attack.body(),
                attack.jws(),
                List.of(Optional.ofNullable(tls.get(party)).orElseThrow().certificate()),
                Format.JSON,
                false,
                TestPki.NOW,
                "trace"))));
    }

    /** A multipart message as far as it comes before it would be recorded. */
    Passage.Validated travel(Agreement agreement, PartyCode party, Passage.Door door, String contentType, byte[] body)
            throws Refusal {
        return authorised(
                agreement,
                verify.apply(authenticate.apply(accept.apply(new Passage.Arrived(
                        door,
                        agreement.exchange().exchange(),
                        contentType,
                        new byte[0],
                        Optional.of(new ByteArrayInputStream(body)),
                        Optional.empty(),
                        List.of(Optional.ofNullable(tls.get(party))
                                .orElseThrow()
                                .certificate()),
                        Format.JSON,
                        false,
                        TestPki.NOW,
                        "trace")))));
    }

    /** As far as it comes before it would be recorded. */
    Passage.Validated travel(Agreement agreement, PartyCode party, Form form, Attack attack) throws Refusal {
        return authorised(agreement, verified(agreement, party, form, attack));
    }

    private Passage.Validated authorised(Agreement agreement, Passage.Verified verified) throws Refusal {
        Passage.Validated validated = validate.apply(verified);
        boolean comesByADoor = agreement.pattern() != Agreement.Pattern.EMIT
                && agreement.disabled().isEmpty();
        try {
            authorise.apply(validated);
        } catch (Refusal refusal) {
            if (comesByADoor || refusal.problem().code() != ProblemCode.NOT_AGREED) {
                throw refusal;
            }
        }
        return validated;
    }
}
