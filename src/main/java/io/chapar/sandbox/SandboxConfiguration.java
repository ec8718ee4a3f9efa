package io.chapar.sandbox;

import io.chapar.message.Agreement;
import io.chapar.message.Catalogue;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.message.PartyDirectory;
import io.chapar.sandbox.agency.Agencies;
import io.chapar.sandbox.agency.AgencyServer;
import io.chapar.sandbox.agency.BirthOffice;
import io.chapar.sandbox.agency.ControlDesk;
import io.chapar.sandbox.agency.DeliveryMemory;
import io.chapar.sandbox.agency.Mailboxes;
import io.chapar.sandbox.agency.QueueReaders;
import io.chapar.sandbox.play.Books;
import io.chapar.sandbox.play.Counter;
import io.chapar.sandbox.play.Morning;
import io.chapar.sandbox.post.Mail;
import io.chapar.sandbox.post.PartyKeys;
import io.chapar.sandbox.post.Scribe;
import io.chapar.sandbox.sample.Sample;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Puts the simulated agencies together, beside the gateway and in its process, and out of its reach otherwise. */
@Configuration(proxyBeanMethods = false)
@Conditional(SandboxWanted.class)
public class SandboxConfiguration {

    @Bean
    Counter sandboxCounter() {
        return new Counter();
    }

    @Bean
    Mail sandboxMail(
            @Value("${server.port:8443}") int port,
            @Value("${chapar.certificates}") Path certificates,
            Counter counter) {
        return new Mail(URI.create("https://localhost:" + port), certificates, counter);
    }

    @Bean
    DeliveryMemory sandboxMemory(@Value("${chapar.data}") Path data) {
        return DeliveryMemory.onDisk(data.resolve("sandbox"));
    }

    @Bean
    BirthOffice sandboxBirthOffice(@Value("${chapar.data}") Path data, Mail mail, Clock clock) {
        return new BirthOffice(data.resolve("sandbox"), mail, clock);
    }

    @Bean
    Agencies sandboxAgencies(
            PartyDirectory directory,
            @Value("${chapar.certificates}") Path certificates,
            DeliveryMemory memory,
            BirthOffice office,
            Counter counter,
            Clock clock) {
        List<Agencies.Seat> seats =
                directory.all().stream().map(Agencies.Seat::of).toList();
        return new Agencies(seats, certificates, memory, Optional.of(office), counter, clock);
    }

    @Bean
    Morning sandboxMorning(
            Mail mail,
            Counter counter,
            Books books,
            Clock clock,
            Catalogue catalogue,
            @Value("${chapar.schemas}") Path schemas,
            SandboxSettings settings,
            Environment environment)
            throws IOException, Malformed {
        List<Sample> samples = new ArrayList<>();
        for (Agreement agreement : sentAsSamples(catalogue)) {
            samples.addAll(Sample.of(agreement, schemas));
        }
        return new Morning(
                mail,
                counter,
                books,
                clock,
                settings.seed(),
                settings.messages(),
                settings.rate(),
                samples,
                Addresses.text(environment, settings.port()));
    }

    /** What agencies may send, and no desk of the sandbox writes. */
    private static List<Agreement> sentAsSamples(Catalogue catalogue) {
        return catalogue.all().stream()
                .filter(agreement -> agreement.pattern() != Agreement.Pattern.EMIT)
                .filter(agreement -> agreement.disabled().isEmpty())
                .filter(agreement ->
                        !Scribe.EXCHANGES.contains(agreement.exchange().exchange()))
                .sorted(Comparator.comparing(agreement -> agreement.exchange().exchange()))
                .toList();
    }

    @Bean
    AgencyServer sandboxServer(
            SandboxSettings settings,
            @Value("${chapar.certificates}") Path certificates,
            Agencies agencies,
            Morning morning) {
        return new AgencyServer(
                settings.port(),
                PartyKeys.load(certificates, PartyCode.CHAPAR),
                agencies,
                new ControlDesk(agencies, morning::play));
    }

    /** Whoever was made a mailbox by a setting fetches for itself; the sandbox keeps its hands off. */
    @Bean
    Mailboxes sandboxMailboxes(Agencies agencies, Mail mail, PartyDirectory directory, Environment environment) {
        return new Mailboxes(agencies, mail, played(directory, environment, Party.Channel.MAILBOX));
    }

    /** The same for queues. On a port that the gateway chose by itself nobody finds it. */
    @Bean
    QueueReaders sandboxQueues(
            Agencies agencies,
            @Value("${chapar.certificates}") Path certificates,
            @Value("${chapar.broker.amqp-port:5671}") int port,
            PartyDirectory directory,
            Environment environment) {
        return new QueueReaders(
                agencies,
                certificates,
                port,
                port > 0 ? played(directory, environment, Party.Channel.QUEUE) : List.of());
    }

    private static List<PartyCode> played(PartyDirectory directory, Environment environment, Party.Channel channel) {
        return directory.all().stream()
                .filter(party -> party.channel() == channel)
                .map(Party::code)
                .filter(code -> !code.equals(PartyCode.CHAPAR))
                .filter(code -> !environment.containsProperty("chapar.parties." + code + ".channel"))
                .toList();
    }

    @Bean
    SandboxLife sandboxLife(
            AgencyServer server,
            BirthOffice office,
            Mailboxes mailboxes,
            QueueReaders queues,
            Morning morning,
            SandboxSettings settings) {
        return new SandboxLife(
                server, office, mailboxes, queues, morning, settings.play().equals("morning"));
    }
}
