package io.chapar.app.catalogue;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML file and the line of each of its entries, so that whoever wrote it is told where to look.
 *
 * @param lines by JSON pointer, counted from 1
 */
record YamlFile(Path path, Map<String, Object> root, Map<String, Integer> lines) {

    /** Reads plain data; no tag makes an object, and no key stands twice. */
    static YamlFile read(Path path, Complaints complaints) {
        Map<String, Integer> lines = new HashMap<>();
        Map<String, Object> root = Map.of();
        try {
            LoaderOptions options = new LoaderOptions();
            options.setMaxAliasesForCollections(0);
            Node node = new Yaml(options).compose(new StringReader(Files.readString(path)));
            if (node instanceof MappingNode mapping) {
                root = map(mapping, "", path, lines, complaints);
            } else {
                complaints.add(path, 1, "holds no entries; see the JSON Schema for what it must say");
            }
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            complaints.add(path, line, "is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            complaints.add(path, 1, "is not YAML that is read here: " + e.getMessage());
        } catch (IOException e) {
            complaints.add(path, 1, "cannot be read; check that it exists and that the gateway may read it");
        }
        return new YamlFile(path, root, lines);
    }

    /** Whether there is an entry at the pointer. */
    boolean says(String pointer) {
        return lines.containsKey(pointer);
    }

    /** The line of the entry at the pointer, or of what is around it. */
    int line(String pointer) {
        for (String place = pointer; !place.isEmpty(); place = place.substring(0, place.lastIndexOf('/'))) {
            Integer line = lines.get(place);
            if (line != null) {
                return line;
            }
        }
        return 1;
    }

    private static Map<String, Object> map(
            MappingNode node, String pointer, Path path, Map<String, Integer> lines, Complaints complaints) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (NodeTuple entry : node.getValue()) {
            String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            String place = pointer + "/" + key;
            int line = entry.getKeyNode().getStartMark().getLine() + 1;
            lines.put(place, line);
            if (map.put(key, value(entry.getValueNode(), place, path, lines, complaints)) != null) {
                complaints.add(path, line, "says " + key + " twice; keep one");
            }
        }
        return map;
    }

    private static Object value(
            Node node, String pointer, Path path, Map<String, Integer> lines, Complaints complaints) {
        if (node instanceof MappingNode mapping) {
            return map(mapping, pointer, path, lines, complaints);
        }
        if (node instanceof SequenceNode sequence) {
            List<Object> list = new ArrayList<>();
            for (Node element : sequence.getValue()) {
                String place = pointer + "/" + list.size();
                lines.put(place, element.getStartMark().getLine() + 1);
                list.add(value(element, place, path, lines, complaints));
            }
            return list;
        }
        ScalarNode scalar = (ScalarNode) node;
        boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
        if (plain && scalar.getTag().equals(Tag.INT) && scalar.getValue().matches("-?[0-9]{1,18}")) {
            return new BigInteger(scalar.getValue());
        }
        if (plain && scalar.getTag().equals(Tag.BOOL)) {
            return Boolean.valueOf(scalar.getValue());
        }
        return scalar.getValue();
    }
}
