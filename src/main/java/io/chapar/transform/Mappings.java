package io.chapar.transform;

import io.chapar.schema.Told;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.transform.stream.StreamSource;
import net.sf.saxon.lib.EnvironmentVariableResolver;
import net.sf.saxon.lib.Feature;
import net.sf.saxon.s9api.BuildingContentHandler;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.SAXDestination;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.XdmNode;
import net.sf.saxon.s9api.Xslt30Transformer;
import net.sf.saxon.s9api.XsltCompiler;
import net.sf.saxon.s9api.XsltExecutable;
import net.sf.saxon.trans.XPathException;
import org.xml.sax.SAXException;

/**
 * The mappings of all agreements, compiled once. A mapping calculates and reads code lists: it calls no Java, opens no
 * file or address, writes none, and sees no environment.
 */
public final class Mappings {

    private final Processor processor = new Processor(false);
    private final CodeLists codeLists;
    private final Map<Path, XsltExecutable> compiled = new ConcurrentHashMap<>();

    /** @param codeLists the folder of the code lists */
    public Mappings(Path codeLists) {
        processor.setConfigurationProperty(Feature.ALLOW_EXTERNAL_FUNCTIONS, false);
        processor.setConfigurationProperty(Feature.ALLOW_SYNTAX_EXTENSIONS, false);
        processor.setConfigurationProperty(Feature.DISABLE_XSL_EVALUATE, true);
        processor.setConfigurationProperty(Feature.ENVIRONMENT_VARIABLE_RESOLVER, new NoEnvironment());
        this.codeLists = new CodeLists(processor, codeLists);
        processor.setConfigurationProperty(Feature.ALLOWED_PROTOCOLS, "code-list");
        processor.getUnderlyingConfiguration().setResourceResolver(this.codeLists);
        processor.getUnderlyingConfiguration().setCollectionFinder((context, uri) -> {
            throw new XPathException("a mapping opens no collection");
        });
        processor.getUnderlyingConfiguration().setUnparsedTextURIResolver((uri, encoding, configuration) -> {
            throw new XPathException("a mapping opens no file");
        });
    }

    /** Compiles a mapping, or says where it does not compile. */
    public void compile(Path mapping) {
        executable(mapping);
    }

    private XsltExecutable executable(Path mapping) {
        return compiled.computeIfAbsent(mapping.toAbsolutePath().normalize(), file -> {
            XsltCompiler compiler = processor.newXsltCompiler();
            compiler.setResourceResolver(codeLists);
            List<String> errors = new ArrayList<>();
            compiler.setErrorReporter(error -> {
                if (!error.isWarning()) {
                    errors.add("line " + error.getLocation().getLineNumber() + ": " + error.getMessage());
                }
            });
            try {
                return compiler.compile(new StreamSource(file.toFile()));
            } catch (SaxonApiException e) {
                throw new IllegalArgumentException(
                        file + " does not compile: " + (errors.isEmpty() ? e.getMessage() : String.join("; ", errors)),
                        e);
            }
        });
    }

    /** What the mapping makes of the document, as something that can be told on. */
    Told apply(Path mapping, Told document) throws SaxonApiException, SAXException {
        XsltExecutable executable = executable(mapping);
        BuildingContentHandler tree = processor.newDocumentBuilder().newBuildingContentHandler();
        document.to(tree);
        XdmNode source = tree.getDocumentNode();
        return handler -> {
            Xslt30Transformer transformer = executable.load30();
            transformer.setErrorReporter(error -> {});
            transformer.setMessageHandler(message -> {});
            transformer.setResultDocumentHandler(uri -> {
                throw new IllegalStateException("a mapping writes one document");
            });
            try {
                transformer.setGlobalContextItem(source);
                transformer.applyTemplates(source, new SAXDestination(handler));
            } catch (SaxonApiException e) {
                // no cause: its message may quote the document
                throw new SAXException("the mapping failed"
                        + (e.getErrorCode() == null
                                ? ""
                                : " with " + e.getErrorCode().getLocalName()));
            }
        };
    }

    private static final class NoEnvironment implements EnvironmentVariableResolver {
        @Override
        public java.util.Set<String> getAvailableEnvironmentVariables() {
            return java.util.Set.of();
        }

        @Override
        public String getEnvironmentVariable(String name) {
            return "";
        }
    }
}
