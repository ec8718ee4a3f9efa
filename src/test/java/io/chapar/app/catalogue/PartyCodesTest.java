package io.chapar.app.catalogue;

import io.chapar.message.PartyCode;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PartyCodesTest {

    private static final Set<PartyCode> CODES = PartyFile.codes(Path.of("routes", PartyFile.NAME));

    @Test
    void every_party_of_the_directory_is_there() {
        assertThat(CODES)
                .isEqualTo(RealFiles.PARTIES.all().stream()
                        .map(party -> party.code())
                        .collect(Collectors.toSet()));
    }

    /** Whoever tries the gateway out counts on the keys of these. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CHAPAR",
                "SMS",
                "MLSPP",
                "SPR",
                "SBS",
                "MH",
                "MJ",
                "MFA",
                "MIA",
                "SSS",
                "ME",
                "MT",
                "SSC",
                "ASAN",
                "GTA",
                "CEC",
                "ACD",
                "CCI",
                "MFA-ISTANBUL",
                "MFA-BERLIN",
                "MFA-TBILISI",
                "HOTEL-1",
                "HOTEL-2",
                "LOCAL-AUTHORITY-1"
            })
    void the_directory_names(String code) {
        assertThat(CODES).contains(new PartyCode(code));
    }

    @Test
    void groups_are_no_parties() {
        assertThat(CODES).doesNotContain(new PartyCode("HOTELS"), new PartyCode("CONSULATES"));
    }
}
