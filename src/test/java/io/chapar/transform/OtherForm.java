package io.chapar.transform;

import io.chapar.message.Agreement;
import io.chapar.message.Agreement.Receiver;
import io.chapar.message.Catalogue;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.Format;
import java.util.Collection;
import java.util.Optional;

/** The same agreements with receivers that read the other form. */
record OtherForm(Catalogue agreed) implements Catalogue {

    @Override
    public boolean knows(String exchange) {
        return agreed.knows(exchange);
    }

    @Override
    public Optional<Agreement> agreement(ExchangeVersion exchange) {
        return agreed.agreement(exchange).map(OtherForm::other);
    }

    @Override
    public Collection<Agreement> all() {
        return agreed.all().stream().map(OtherForm::other).toList();
    }

    private static Agreement other(Agreement agreed) {
        return new Agreement(
                agreed.exchange(),
                agreed.title(),
                agreed.pattern(),
                agreed.paragraphs(),
                agreed.basis(),
                agreed.validFrom(),
                agreed.validUntil(),
                agreed.approvedBy(),
                agreed.disabled(),
                agreed.senders(),
                agreed.receivers().stream().map(OtherForm::other).toList(),
                agreed.purposes(),
                agreed.entitlements(),
                agreed.orderingKey(),
                agreed.gatewaySets(),
                agreed.deadline(),
                agreed.priority(),
                agreed.classification(),
                agreed.retention(),
                agreed.onPark(),
                agreed.attachments(),
                false,
                agreed.following(),
                agreed.folder());
    }

    private static Receiver other(Receiver agreed) {
        return new Receiver(
                agreed.party(),
                agreed.when(),
                agreed.fields(),
                agreed.format() == Format.XML ? Format.JSON : Format.XML,
                agreed.version(),
                agreed.mapping());
    }
}
