package io.chapar.sandbox.load;

import io.chapar.sandbox.agency.Content;
import io.chapar.sandbox.post.Draft;
import io.chapar.sandbox.post.Scribe;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OwnIdTest {

    private final Scribe scribe = new Scribe(new Random(1), Clock.systemUTC());

    private static Map<String, Object> withHeaderOf(Draft content, Draft header) {
        Map<String, Object> mixed = new LinkedHashMap<>(content.content());
        mixed.put("header", Optional.ofNullable(header.content().get("header")).orElseThrow());
        return mixed;
    }

    @Test
    void content_of_another_message_is_found() {
        Draft own = OwnId.into(scribe.crossing());
        Draft other = OwnId.into(scribe.crossing());
        assertThat(OwnId.isOf(Content.of(withHeaderOf(other, own)))).isFalse();
        assertThat(OwnId.fault(Content.of(withHeaderOf(other, own)))).isPresent();
    }

    @Test
    void content_that_says_no_id_is_found() {
        assertThat(OwnId.isOf(Content.of(scribe.birth().content()))).isFalse();
        assertThat(OwnId.isOf(Content.of(Map.of("header", Map.of("messageId", UUID.randomUUID())))))
                .isFalse();
    }

    @Test
    void own_content_is_its_own_in_every_exchange() {
        for (Draft draft : List.of(scribe.crossing(), scribe.birth(), scribe.registration(1024))) {
            assertThat(OwnId.isOf(Content.of(OwnId.into(draft).content()))).isTrue();
        }
    }

    @Test
    void traveller_who_leaves_does_not_change_what_was_said_when_entering() {
        Draft entry = scribe.crossing();
        Draft marked = OwnId.into(entry);
        assertThat(Content.of(entry.content()).must("/traveller/familyName"))
                .isNotEqualTo(Content.of(marked.content()).must("/traveller/familyName"));
    }
}
