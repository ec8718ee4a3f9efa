package io.chapar.app.soap;

import io.chapar.app.door.SchemaFiles;
import io.chapar.message.ExchangeVersion;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The schema inside a WSDL. */
class EmbeddedSchemaTest {

    @Test
    void it_is_put_together_once_however_often_a_wsdl_is_fetched() {
        EmbeddedSchema schemas = new EmbeddedSchema(new SchemaFiles(Path.of("schemas")));
        String birth = schemas.text(new ExchangeVersion("birth-notification", "1.0"));
        String work = schemas.text(new ExchangeVersion("work-permit", "1.0"));

        assertThat(birth).contains("urn:chapar:birth-notification:1.0").isNotEqualTo(work);
        assertThat(schemas.text(new ExchangeVersion("birth-notification", "1.0")))
                .isSameAs(birth);
    }
}
