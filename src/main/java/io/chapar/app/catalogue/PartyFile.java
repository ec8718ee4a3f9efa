package io.chapar.app.catalogue;

import io.chapar.app.reload.FilesRead;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.message.Violation;
import io.chapar.schema.FileSchema;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads {@code parties.yaml}: certificates, channels, addresses. */
public final class PartyFile {

    /** The file's name, in the folder of the routes. */
    public static final String NAME = "parties.yaml";

    /** Reads the certificates of a file. */
    @FunctionalInterface
    public interface Certificates {
        List<X509Certificate> read(Path file) throws IOException;
    }

    private final Path path;
    private final FileSchema schema;
    private final Certificates certificates;
    private final Function<String, Optional<String>> setting;
    private final Function<String, String> placeholders;
    private FilesRead filesRead = new FilesRead();

    /**
     * @param setting a setting's value by its name, such as {@code chapar.parties.SPR.channel}
     * @param placeholders puts settings in the place of <code>${...}</code>
     */
    public PartyFile(
            Path path,
            FileSchema schema,
            Certificates certificates,
            Function<String, Optional<String>> setting,
            Function<String, String> placeholders) {
        this.path = path;
        this.schema = schema;
        this.certificates = certificates;
        this.setting = setting;
        this.placeholders = placeholders;
    }

    /** @throws CatalogueRefused naming file, line and remedy of everything that is wrong */
    public synchronized List<Party> read() {
        FilesRead fresh = new FilesRead();
        filesRead = fresh;
        fresh.reading(path);
        Complaints complaints = new Complaints();
        YamlFile file = YamlFile.read(path, complaints);
        complaints.refuse();
        for (Violation violation : schema.validate(file.root())) {
            complaints.add(file, violation.pointer(), violation.pointer() + " " + violation.rule());
        }
        complaints.refuse();
        List<Party> parties = new ArrayList<>();
        Set<String> codes = new HashSet<>();
        List<?> entries = (List<?>) file.root().get("parties");
        for (int i = 0; entries != null && i < entries.size(); i++) {
            String place = "/parties/" + i;
            Map<?, ?> entry = (Map<?, ?>) entries.get(i);
            if (!codes.add(String.valueOf(entry.get("code")))) {
                complaints.add(file, place + "/code", "stands twice; a party has one entry");
            }
            party(file, place, entry, complaints).ifPresent(parties::add);
        }
        complaints.refuse();
        return List.copyOf(parties);
    }

    /** The files that the last reading named, whether or not they could be read. */
    synchronized FilesRead filesRead() {
        return filesRead;
    }

    /**
     * Only the codes of all parties, and the gateway's: read before there are certificates, since these are made for them.
     * An entry without a proper code is left out here; {@link #read} tells of it.
     *
     * @throws CatalogueRefused when the file cannot be read
     */
    public static Set<PartyCode> codes(Path path) {
        Complaints complaints = new Complaints();
        YamlFile file = YamlFile.read(path, complaints);
        complaints.refuse();
        Set<PartyCode> codes = new LinkedHashSet<>();
        codes.add(PartyCode.CHAPAR);
        if (file.root().get("parties") instanceof List<?> entries) {
            for (Object entry : entries) {
                if (entry instanceof Map<?, ?> party && PartyCode.isOne(String.valueOf(party.get("code")))) {
                    codes.add(new PartyCode(String.valueOf(party.get("code"))));
                }
            }
        }
        return codes;
    }

    private Optional<Party> party(YamlFile file, String place, Map<?, ?> entry, Complaints complaints) {
        int before = complaints.size();
        PartyCode code = new PartyCode(String.valueOf(entry.get("code")));
        Set<String> groups = new LinkedHashSet<>();
        if (entry.get("groups") instanceof List<?> list) {
            list.forEach(group -> groups.add(group.toString()));
        }
        Map<?, ?> files = entry.get("certificates") instanceof Map<?, ?> map ? map : Map.of();
        Optional<String> channel = value(code, entry, "channel");
        Optional<URI> address = address(file, place, code, entry, "address", complaints);
        Optional<URI> queries = address(file, place, code, entry, "queries", complaints);
        List<X509Certificate> tls = certificates(file, place + "/certificates/tls", files.get("tls"), complaints);
        List<X509Certificate> signing =
                certificates(file, place + "/certificates/signing", files.get("signing"), complaints);
        List<X509Certificate> encryption =
                certificates(file, place + "/certificates/encryption", files.get("encryption"), complaints);
        Optional<Party.Channel> known = channel.flatMap(PartyFile::channel);
        if (known.isEmpty()) {
            complaints.add(
                    file,
                    place + "/channel",
                    "is none of rest, soap, queue, mailbox; see also the setting" + " chapar.parties." + code
                            + ".channel");
        } else if (address.isEmpty() && (known.get() == Party.Channel.REST || known.get() == Party.Channel.SOAP)) {
            complaints.add(file, place + "/channel", "needs an address to which the gateway delivers; add address");
        }
        Optional<String> clear = setting.apply("chapar.parties." + code + ".clear-queues")
                .or(() -> Optional.ofNullable(entry.get("clearQueues")).map(Object::toString));
        Optional<Party.ClearQueues> clearQueues = clear.flatMap(PartyFile::clearQueues);
        if (clear.isPresent() && clearQueues.isEmpty()) {
            complaints.add(
                    file,
                    place + "/clearQueues",
                    "is none of encrypted-volume, jwe, sandbox; see also the setting chapar.parties." + code
                            + ".clear-queues");
        }
        if (complaints.size() > before || known.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Party(
                code,
                String.valueOf(entry.get("name")),
                groups,
                tls,
                signing,
                encryption,
                known.get(),
                address,
                queries,
                !"unsigned".equals(entry.get("acknowledgement")),
                clearQueues));
    }

    private static Optional<Party.Channel> channel(String name) {
        return List.of(Party.Channel.values()).stream()
                .filter(channel -> channel.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    /** What the word for it says, here or in the setting for all parties. */
    public static Optional<Party.ClearQueues> clearQueues(String word) {
        return List.of(Party.ClearQueues.values()).stream()
                .filter(each ->
                        each.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word))
                .findFirst();
    }

    private Optional<URI> address(
            YamlFile file, String place, PartyCode code, Map<?, ?> entry, String name, Complaints complaints) {
        try {
            return value(code, entry, name).map(URI::create);
        } catch (IllegalArgumentException e) {
            complaints.add(file, place + "/" + name, "is no address that can be called");
            return Optional.empty();
        }
    }

    private Optional<String> value(PartyCode code, Map<?, ?> entry, String name) {
        return setting.apply("chapar.parties." + code + "." + name)
                .or(() -> Optional.ofNullable(entry.get(name)).map(Object::toString))
                .map(placeholders);
    }

    private List<X509Certificate> certificates(
            YamlFile file, String place, @Nullable Object names, Complaints complaints) {
        List<X509Certificate> all = new ArrayList<>();
        List<?> list = names instanceof List<?> some ? some : List.of();
        for (int i = 0; i < list.size(); i++) {
            Path pem = Path.of(placeholders.apply(list.get(i).toString()));
            filesRead.reading(pem);
            try {
                all.addAll(certificates.read(pem));
            } catch (IOException | RuntimeException e) {
                complaints.add(file, place + "/" + i, "names " + pem + ", which is no readable certificate in PEM");
            }
        }
        return all;
    }
}
