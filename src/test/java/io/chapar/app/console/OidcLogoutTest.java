package io.chapar.app.console;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OidcLogoutTest {

    @Test
    void what_the_provider_has_escaped_is_not_escaped_again() {
        assertThat(OidcLogout.address("https://id.example/a%20b?realm=c%26d", "x&y", "https://here.example/?a=b"))
                .isEqualTo("https://id.example/a%20b?realm=c%26d&client_id=x%26y"
                        + "&post_logout_redirect_uri=https%3A%2F%2Fhere.example%2F%3Fa%3Db");
    }

    @Test
    void a_page_that_is_missing_or_not_protected_is_none() {
        assertThat(OidcProvider.usable(null)).isEmpty();
        assertThat(OidcProvider.usable("http://id.example/end")).isEmpty();
        assertThat(OidcProvider.usable("https://id.example/end")).contains("https://id.example/end");
    }
}
