package io.chapar.app.catalogue;

import io.chapar.message.Agreement;
import io.chapar.message.Agreement.Pattern;
import io.chapar.message.Agreement.Receiver;
import io.chapar.message.Agreement.Term;
import io.chapar.message.Party;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Holds whom one agreement names to who there is. It reads no file, so it can be asked again when the parties change. */
record PartyChecks(YamlFile file, Agreement agreement, Collection<Party> parties, Complaints complaints) {

    /** Whose duty a term may be although they are no parties: the sender relays for them, or it is its own duty. */
    private static final Set<String> NO_PARTIES = Set.of("CITIZEN", "EMPLOYER", "FOREIGNER", "SENDER");

    void run() {
        agreement.senders().forEach(sender -> known("/senders", sender));
        receivers();
        List<Term> terms = agreement.deadline();
        for (int i = 0; i < terms.size(); i++) {
            duty(AgreementChecks.deadline(file, i), terms.get(i));
        }
        agreement.following().obligation().ifPresent(obligation -> duty("/obligation", obligation.term()));
        if (agreement.pattern() == Pattern.QUERY) {
            query();
        }
    }

    private void receivers() {
        List<Receiver> receivers = agreement.receivers();
        for (int i = 0; i < receivers.size(); i++) {
            Receiver receiver = receivers.get(i);
            if (parties.stream().noneMatch(party -> party.code().equals(receiver.party()))) {
                complain(
                        "/receivers/" + i + "/party",
                        "names " + receiver.party() + ", which is no party of parties.yaml; receivers are no groups");
            }
        }
    }

    private void duty(String place, Term term) {
        if (!NO_PARTIES.contains(term.duty())) {
            known(place + "/duty", term.duty());
        }
    }

    private void query() {
        for (int i = 0; i < agreement.entitlements().size(); i++) {
            String place = "/entitlements/" + i + "/parties";
            agreement.entitlements().get(i).parties().forEach(party -> known(place, party));
        }
        for (Receiver receiver : agreement.receivers()) {
            parties.stream()
                    .filter(party -> party.code().equals(receiver.party()))
                    .filter(party -> party.queries().isEmpty())
                    .forEach(party -> complain(
                            "/receivers/0/party", "names " + party.code() + ", which has no address for queries"));
        }
    }

    private void known(String place, String partyOrGroup) {
        if (parties.stream().noneMatch(party -> party.is(partyOrGroup))) {
            complain(place, "names " + partyOrGroup + ", which is neither party nor group of parties.yaml");
        }
    }

    private void complain(String pointer, String what) {
        complaints.add(file, pointer, pointer + " " + what);
    }
}
