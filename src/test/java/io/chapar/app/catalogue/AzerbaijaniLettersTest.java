package io.chapar.app.catalogue;

import io.chapar.instances.XsdReading;
import io.chapar.message.ExchangeVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AzerbaijaniLettersTest {

    /** A made-up exchange with one field of this type. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<xs:pattern value='[A-Z0-9]+'/>       | false",
                "<xs:pattern value='[a-zəğ]+'/>        | false",
                "<xs:enumeration value='ə'/>           | false",
                "<xs:maxLength value='9'/>             | true",
                "<xs:pattern value='\\p{L}[\\p{L} ]*'/> | true",
            })
    void asked_for_only_where_a_field_takes_them_all(String facet, boolean fit, @TempDir Path schemas)
            throws Exception {
        Path file = schemas.resolve("made-up/1.0/made-up.xsd");
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.format(Locale.ROOT, """
                <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
                  <xs:element name="madeUp" type="madeUp"/>
                  <xs:complexType name="madeUp">
                    <xs:sequence>
                      <xs:element name="day" type="xs:date"/>
                      <xs:element name="told" type="told"/>
                    </xs:sequence>
                  </xs:complexType>
                  <xs:simpleType name="told"><xs:restriction base="xs:string">%s</xs:restriction></xs:simpleType>
                </xs:schema>
                """, facet));

        assertThat(AzerbaijaniLetters.fitIn(XsdReading.root(schemas, new ExchangeVersion("made-up", "1.0"), "madeUp")))
                .isEqualTo(fit);
    }
}
