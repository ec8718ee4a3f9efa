package io.chapar.transform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import net.sf.saxon.lib.ResourceRequest;
import net.sf.saxon.lib.ResourceResolver;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.XdmNode;
import net.sf.saxon.trans.XPathException;

/** The code lists, read once at start; the only documents that a mapping may open. */
final class CodeLists implements ResourceResolver {

    private static final String SCHEME = "code-list:";

    private final Map<String, XdmNode> lists = new TreeMap<>();

    CodeLists(Processor processor, Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".xml"))
                    .sorted()
                    .toList()) {
                String name = file.getFileName().toString().replace(".xml", "");
                lists.put(SCHEME + name, processor.newDocumentBuilder().build(new StreamSource(file.toFile())));
            }
        } catch (IOException | SaxonApiException e) {
            throw new IllegalArgumentException(folder + " holds a code list that cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public Source resolve(ResourceRequest request) throws XPathException {
        XdmNode list = lists.get(request.uri);
        if (list == null) {
            throw new XPathException("a mapping opens nothing but " + SCHEME + "<name> of a code list that exists");
        }
        return list.asSource();
    }
}
