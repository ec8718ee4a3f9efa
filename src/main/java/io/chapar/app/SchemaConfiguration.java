package io.chapar.app;

import io.chapar.app.catalogue.CatalogueLoader;
import io.chapar.app.catalogue.FolderCatalogue;
import io.chapar.app.catalogue.PartyFile;
import io.chapar.app.catalogue.ReloadableParties;
import io.chapar.authorise.Authorise;
import io.chapar.deadline.Terms;
import io.chapar.message.Catalogue;
import io.chapar.message.PartyDirectory;
import io.chapar.record.AcceptedBefore;
import io.chapar.record.Database;
import io.chapar.record.MessageRecord;
import io.chapar.schema.FileSchema;
import io.chapar.schema.Schemas;
import io.chapar.transform.Mappings;
import io.chapar.transform.Transform;
import io.chapar.trust.PemFiles;
import io.chapar.validate.Validate;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Schemas, the catalogue, the parties, the terms, and the stages {@code validate}, {@code authorise}, {@code transform}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AttachmentSettings.class)
public class SchemaConfiguration {

    @Bean
    Schemas schemas(@Value("${chapar.schemas}") String folder) {
        return Schemas.load(Path.of(folder));
    }

    @Bean
    Mappings mappings(@Value("${chapar.schemas}") String schemas) {
        return new Mappings(Path.of(schemas).resolve("code-lists"));
    }

    @Bean
    ReloadableParties parties(
            @Value("${chapar.routes}") String routes,
            @Value("${chapar.schemas}") String schemas,
            Environment environment) {
        return new ReloadableParties(new PartyFile(
                Path.of(routes).resolve(PartyFile.NAME),
                new FileSchema(Path.of(schemas).resolve("parties.schema.json")),
                PemFiles::certificates,
                name -> Optional.ofNullable(environment.getProperty(name)),
                environment::resolveRequiredPlaceholders));
    }

    @Bean
    FolderCatalogue catalogue(
            @Value("${chapar.routes}") String routes,
            Schemas schemas,
            Mappings mappings,
            PartyDirectory parties,
            AttachmentSettings attachments) {
        return CatalogueLoader.load(Path.of(routes), schemas, mappings, parties.all(), attachments.limits());
    }

    @Bean
    Terms terms(@Value("${chapar.schemas}") String schemas) {
        return Terms.load(Path.of(schemas).resolve("code-lists/holidays.xml"));
    }

    @Bean
    Validate validate(Schemas schemas) {
        return new Validate(schemas);
    }

    @Bean
    Authorise authorise(
            Catalogue catalogue,
            PartyDirectory parties,
            MessageRecord record,
            AcceptedBefore acceptedBefore,
            Clock clock) {
        return new Authorise(catalogue, parties, record::corrected, acceptedBefore, clock);
    }

    @Bean
    AcceptedBefore acceptedBefore(Database database) {
        return new AcceptedBefore(database);
    }

    @Bean
    Transform transform(Catalogue catalogue, Schemas schemas, Mappings mappings, PartyDirectory parties) {
        return new Transform(catalogue, schemas, mappings, parties);
    }
}
