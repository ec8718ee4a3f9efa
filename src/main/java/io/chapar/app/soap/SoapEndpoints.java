package io.chapar.app.soap;

import io.chapar.app.door.StraightWay;
import io.chapar.message.Passage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.xml.namespace.QName;
import org.apache.cxf.Bus;
import org.apache.cxf.BusException;
import org.apache.cxf.binding.BindingFactoryManager;
import org.apache.cxf.endpoint.Endpoint;
import org.apache.cxf.endpoint.EndpointException;
import org.apache.cxf.endpoint.EndpointImpl;
import org.apache.cxf.endpoint.Server;
import org.apache.cxf.endpoint.ServerImpl;
import org.apache.cxf.interceptor.OutgoingChainInterceptor;
import org.apache.cxf.interceptor.ServiceInvokerInterceptor;
import org.apache.cxf.message.MessageContentsList;
import org.apache.cxf.service.Service;
import org.apache.cxf.service.ServiceImpl;
import org.apache.cxf.service.model.BindingInfo;
import org.apache.cxf.service.model.EndpointInfo;
import org.apache.cxf.service.model.InterfaceInfo;
import org.apache.cxf.service.model.ServiceInfo;
import org.apache.cxf.transport.DestinationFactory;
import org.apache.cxf.transport.DestinationFactoryManager;

/** The CXF endpoints: one for each exchange of the catalogue, all alike, made when the gateway starts. */
final class SoapEndpoints implements AutoCloseable {

    private static final String HTTP = "http://cxf.apache.org/transports/http";

    private final Bus bus;
    private final EnvelopeBinding binding;
    private final StraightWay way;
    private final SoapTeller teller;
    private final List<Server> servers = new ArrayList<>();

    SoapEndpoints(Bus bus, EnvelopeBinding binding, StraightWay way, SoapTeller teller) {
        this.bus = bus;
        this.binding = binding;
        this.way = way;
        this.teller = teller;
        bus.getExtension(BindingFactoryManager.class).registerBindingFactory(EnvelopeBinding.ID, binding);
    }

    /** Opens one for each of these exchanges. */
    void open(Collection<String> exchanges) {
        for (String exchange : exchanges) {
            servers.add(server(exchange));
        }
    }

    private Server server(String exchange) {
        EndpointInfo address = describe(exchange);
        Service service = new ServiceImpl(address.getService());
        service.setInvoker((call, content) -> {
            Passage.Arrived arrived = (Passage.Arrived) ((List<?>) content).get(0);
            return new MessageContentsList(teller.tell(way.travel(arrived)));
        });
        service.getInInterceptors().add(new ServiceInvokerInterceptor());
        service.getInInterceptors().add(new OutgoingChainInterceptor());
        try {
            Endpoint endpoint = new EndpointImpl(bus, service, address);
            DestinationFactory http =
                    bus.getExtension(DestinationFactoryManager.class).getDestinationFactory(HTTP);
            Server server = new ServerImpl(bus, endpoint, http, binding);
            server.start();
            return server;
        } catch (EndpointException | BusException e) {
            throw new IllegalStateException("no SOAP endpoint for " + exchange, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EndpointInfo describe(String exchange) {
        String namespace = Wsdl.namespace(exchange);
        ServiceInfo service = new ServiceInfo();
        service.setName(new QName(namespace, Wsdl.SERVICE));
        service.setInterface(new InterfaceInfo(service, new QName(namespace, Wsdl.PORT_TYPE)));
        BindingInfo carried = new BindingInfo(service, EnvelopeBinding.ID);
        carried.setName(new QName(namespace, "envelope"));
        service.addBinding(carried);
        EndpointInfo endpoint = new EndpointInfo(service, HTTP);
        endpoint.setName(new QName(namespace, "endpoint"));
        endpoint.setAddress("/" + exchange);
        endpoint.setBinding(carried);
        service.addEndpoint(endpoint);
        return endpoint;
    }

    @Override
    public void close() {
        servers.forEach(Server::destroy);
        bus.shutdown(true);
    }
}
