package io.chapar.schema;

import io.chapar.message.ExchangeVersion;
import io.chapar.message.Fields;
import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBElement;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Marshaller;
import jakarta.xml.bind.Unmarshaller;
import jakarta.xml.bind.UnmarshallerHandler;
import jakarta.xml.bind.annotation.XmlElementDecl;
import jakarta.xml.bind.annotation.XmlRootElement;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Method;
import java.util.Optional;
import javax.xml.namespace.QName;
import org.w3c.dom.Document;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/** The generated classes of one kind of document. */
final class Binding {

    private final JAXBContext context;
    private final QName root;
    private final Class<?> type;
    private final Shape shape;
    private final Pool<Unmarshaller> unmarshallers = new Pool<>(this::unmarshaller);
    private final Pool<Marshaller> marshallers = new Pool<>(this::marshaller);

    Binding(JAXBContext context, QName root, Class<?> type) {
        this.context = context;
        this.root = root;
        this.type = type;
        this.shape = Shape.of(type);
    }

    /** The package of the generated classes; the build names it in the same way. */
    static String packageOf(ExchangeVersion exchange) {
        return "io.chapar.binding." + exchange.exchange().replace('-', '_') + ".v"
                + exchange.version().replace('.', '_');
    }

    static JAXBContext context(ExchangeVersion exchange) {
        try {
            return JAXBContext.newInstance(packageOf(exchange), Binding.class.getClassLoader());
        } catch (JAXBException e) {
            throw new IllegalArgumentException(
                    "there are no generated classes for " + exchange
                            + ": build again after a folder was added to schemas/",
                    e);
        }
    }

    static Optional<Binding> find(JAXBContext context, ExchangeVersion exchange, String rootName) {
        QName root = new QName(exchange.namespace(), rootName);
        return objectFactory(exchange).flatMap(factory -> {
            for (Method method : factory.getMethods()) {
                XmlElementDecl declared = method.getAnnotation(XmlElementDecl.class);
                if (declared != null && declared.name().equals(rootName)) {
                    return Optional.of(new Binding(context, root, method.getParameterTypes()[0]));
                }
                XmlRootElement element = method.getReturnType().getAnnotation(XmlRootElement.class);
                if (element != null && element.name().equals(rootName)) {
                    return Optional.of(new Binding(context, root, method.getReturnType()));
                }
            }
            return Optional.empty();
        });
    }

    private static Optional<Class<?>> objectFactory(ExchangeVersion exchange) {
        try {
            return Optional.of(Class.forName(packageOf(exchange) + ".ObjectFactory"));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    Shape shape() {
        return shape;
    }

    QName root() {
        return root;
    }

    Fields fields(Document document) throws Unbindable {
        return fields(handler -> new DomEvents(handler).tell(document));
    }

    /** @throws Unbindable when an element or a value is none of the schema's; what is missing is not noticed here */
    Fields fields(Told told) throws Unbindable {
        return unmarshallers.use(unmarshaller -> {
            UnmarshallerHandler handler = unmarshaller.getUnmarshallerHandler();
            try {
                told.to(handler);
                Object result = handler.getResult();
                Object bean = result instanceof JAXBElement<?> element ? element.getValue() : result;
                if (!type.isInstance(bean)) {
                    throw new Unbindable();
                }
                return Beans.fields(shape, bean);
            } catch (SAXException | JAXBException e) {
                // no cause: a binding's messages quote the document
                throw new Unbindable();
            }
        });
    }

    byte[] xml(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
        JAXBElement<Object> element = element(fields);
        use(marshaller -> marshaller.marshal(element, bytes));
        return bytes.toByteArray();
    }

    void tell(Fields fields, ContentHandler handler) {
        JAXBElement<Object> element = element(fields);
        use(marshaller -> marshaller.marshal(element, handler));
    }

    /** Something done with a marshaller. */
    private interface Marshalling {
        void with(Marshaller marshaller) throws JAXBException;
    }

    private void use(Marshalling marshalling) {
        marshallers.use(marshaller -> {
            try {
                marshalling.with(marshaller);
            } catch (JAXBException e) {
                throw new IllegalStateException("a filled bean is always written", e);
            }
            return marshaller;
        });
    }

    @SuppressWarnings("unchecked")
    private JAXBElement<Object> element(Fields fields) {
        return new JAXBElement<>(root, (Class<Object>) type, Beans.bean(shape, fields.root()));
    }

    private Unmarshaller unmarshaller() {
        try {
            Unmarshaller unmarshaller = context.createUnmarshaller();
            unmarshaller.setEventHandler(event -> false);
            return unmarshaller;
        } catch (JAXBException e) {
            throw new IllegalStateException("a context that was made makes unmarshallers", e);
        }
    }

    private Marshaller marshaller() {
        try {
            return context.createMarshaller();
        } catch (JAXBException e) {
            throw new IllegalStateException("a context that was made makes marshallers", e);
        }
    }
}
