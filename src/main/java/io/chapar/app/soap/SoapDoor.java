package io.chapar.app.soap;

import io.chapar.app.door.CallerIdentity;
import io.chapar.app.door.DoorSettings;
import io.chapar.app.door.Intake;
import io.chapar.app.door.Replies;
import io.chapar.app.door.SchemaFiles;
import io.chapar.app.door.StraightWay;
import io.chapar.message.Catalogue;
import io.chapar.message.Signer;
import jakarta.servlet.http.HttpServlet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;

/** Everything under {@code /ws}: an endpoint for each exchange of the catalogue, without a line of Java for any. */
public final class SoapDoor implements AutoCloseable {

    private final SoapEndpoints endpoints;
    private final SoapServlet servlet;

    public SoapDoor(
            Intake intake,
            CallerIdentity identity,
            Replies replies,
            Signer signer,
            StraightWay way,
            Catalogue catalogue,
            SchemaFiles files,
            DoorSettings settings) {
        Bus bus = BusFactory.newInstance().createBus();
        SoapTeller teller = new SoapTeller(signer, replies);
        this.endpoints = new SoapEndpoints(bus, new EnvelopeBinding(bus, teller), way, teller);
        this.servlet = new SoapServlet(
                bus, catalogue, intake, identity, replies, way, teller, new Wsdl(new EmbeddedSchema(files)), settings);
        endpoints.open(catalogue.all().stream()
                .map(agreement -> agreement.exchange().exchange())
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** To be mapped to {@code /ws/*}. */
    public HttpServlet servlet() {
        return servlet;
    }

    @Override
    public void close() {
        endpoints.close();
    }
}
