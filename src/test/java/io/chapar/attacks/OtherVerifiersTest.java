package io.chapar.attacks;

import io.chapar.app.catalogue.RealFiles;
import io.chapar.attacks.OtherVerifiers.Says;
import io.chapar.attacks.OtherVerifiers.Signed;
import io.chapar.message.Agreement;
import io.chapar.message.Format;
import io.chapar.message.PartyCode;
import io.chapar.message.Signer;
import io.chapar.sandbox.sample.Sample;
import io.chapar.trust.TestPki;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What we sign, and our own verifying accepts, others accept. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherVerifiersTest {

    private Stages stages;
    private OtherVerifiers others;

    @BeforeAll
    void installed(@TempDir Path folder) throws Exception {
        OtherVerifiers.needed();
        stages = new Stages(Files.createDirectories(folder.resolve("stages")));
        others = new OtherVerifiers(folder, stages.pki().authority(), Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @EnumSource(
            value = Form.class,
            names = {"XADES", "SOAP"})
    void xmlsec1_takes_every_sample_of_every_exchange_as_we_sign_it_and_none_that_was_altered(Form form)
            throws Exception {
        Map<PartyCode, List<byte[]>> bySender = new TreeMap<>();
        for (Agreement agreement : RealFiles.CATALOGUE.all()) {
            for (Sample sample : Sample.of(agreement, Path.of("schemas"))) {
                Attack signed = verified(form, agreement, sample);
                bySender.computeIfAbsent(sample.sender(), code -> new ArrayList<>())
                        .add(signed.body());
            }
        }
        assertThat(bySender).hasSizeGreaterThan(10);
        for (Map.Entry<PartyCode, List<byte[]>> each : bySender.entrySet()) {
            assertThat(others.xmlsec1(form, stages.signer(each.getKey()).certificate(), each.getValue()))
                    .as(each.getKey() + " " + form)
                    .isEqualTo(Says.YES);
        }
        Map.Entry<PartyCode, List<byte[]>> any = bySender.entrySet().iterator().next();
        byte[] altered = new String(any.getValue().get(0), UTF_8)
                .replaceFirst("<nonce>....", "<nonce>AAAA")
                .getBytes(UTF_8);
        assertThat(others.xmlsec1(form, stages.signer(any.getKey()).certificate(), List.of(altered)))
                .isEqualTo(Says.NO);
    }

    @Test
    void jose_takes_every_sample_of_every_exchange_as_we_sign_it_and_none_that_was_altered() throws Exception {
        List<Signed> messages = new ArrayList<>();
        for (Agreement agreement : RealFiles.CATALOGUE.all()) {
            for (Sample sample : Sample.of(agreement, Path.of("schemas"))) {
                Attack signed = verified(Form.JSON, agreement, sample);
                messages.add(new Signed(
                        stages.signer(sample.sender()).certificate(),
                        signed.body(),
                        signed.jws().orElseThrow()));
            }
        }
        Signed first = messages.get(0);
        messages.add(new Signed(first.signer(), "{}".getBytes(UTF_8), first.jws()));

        List<Says> verdicts = others.jose(messages);

        assertThat(verdicts.subList(0, messages.size() - 1))
                .hasSizeGreaterThan(50)
                .containsOnly(Says.YES);
        assertThat(verdicts.get(messages.size() - 1)).isEqualTo(Says.NO);
    }

    /** Signed as its sender does, and verified by the stages. */
    private Attack verified(Form form, Agreement agreement, Sample sample) throws Exception {
        byte[] document = sample.fresh(form.isXml() ? Format.XML : Format.JSON, TestPki.NOW)
                .document();
        Signer signer = stages.signer(sample.sender()).signer();
        Optional<String> jws = form == Form.JSON ? Optional.of(signer.detachedJws(document)) : Optional.empty();
        byte[] body = switch (form) {
            case JSON -> document;
            case SOAP -> signer.envelope(document, true);
            case XADES, XML -> signer.xml(document);
        };
        Attack none = new Attack("", "none", form.mediaType(), body, jws, Set.of(), true);
        stages.verified(agreement, sample.sender(), form, none);
        return none;
    }
}
