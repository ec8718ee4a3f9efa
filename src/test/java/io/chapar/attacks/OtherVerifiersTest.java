package io.chapar.attacks;

import io.chapar.attacks.OtherVerifiers.Says;
import io.chapar.attacks.OtherVerifiers.Signed;
import io.chapar.message.PartyCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
        Map<PartyCode, List<SignedSample>> bySender = SignedSample.all(stages, form).stream()
                .collect(Collectors.groupingBy(each -> each.sample().sender(), TreeMap::new, Collectors.toList()));
        assertThat(bySender).hasSizeGreaterThan(10);
        for (Map.Entry<PartyCode, List<SignedSample>> each : bySender.entrySet()) {
            List<byte[]> bodies =
                    each.getValue().stream().map(SignedSample::body).toList();
            assertThat(others.xmlsec1(form, stages.signer(each.getKey()).certificate(), bodies))
                    .as(each.getKey() + " " + form)
                    .isEqualTo(Says.YES);
        }
        Map.Entry<PartyCode, List<SignedSample>> any =
                bySender.entrySet().iterator().next();
        byte[] altered = any.getValue().get(0).altered().body();
        assertThat(others.xmlsec1(form, stages.signer(any.getKey()).certificate(), List.of(altered)))
                .isEqualTo(Says.NO);
    }

    @Test
    void jose_takes_every_sample_of_every_exchange_as_we_sign_it_and_none_that_was_altered() throws Exception {
        List<Signed> messages = new ArrayList<>();
        for (SignedSample each : SignedSample.all(stages, Form.JSON)) {
            messages.add(new Signed(
                    stages.signer(each.sample().sender()).certificate(),
                    each.body(),
                    each.jws().orElseThrow()));
        }
        Signed first = messages.get(0);
        messages.add(new Signed(first.signer(), "{}".getBytes(UTF_8), first.jws()));

        List<Says> verdicts = others.jose(messages);

        assertThat(verdicts.subList(0, messages.size() - 1))
                .hasSizeGreaterThan(50)
                .containsOnly(Says.YES);
        assertThat(verdicts.get(messages.size() - 1)).isEqualTo(Says.NO);
    }
}
