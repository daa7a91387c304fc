package net.twinpath.netlink.generator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A YAML mapping that knows where it stands, so that every wrong or missing key is told with file, line and path. */
final class YamlMapping {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]*([-_][A-Za-z0-9]+)*");

    private final Location location;
    private final Map<String, Node> values = new LinkedHashMap<>();

    YamlMapping(Node node, Location parent, String step) {
        Location place = parent.child(step, line(node));
        if (!(node instanceof MappingNode mapping)) {
            throw place.error("is not a mapping of keys to values");
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = scalar(tuple.getKeyNode(), place);
            if (values.put(key, tuple.getValueNode()) != null) {
                throw place.child(key, line(tuple.getKeyNode())).error("stands twice");
            }
        }
        Node name = values.get("name");
        location = name instanceof ScalarNode given && !step.isEmpty()
                ? parent.child(given.getValue(), line(node))
                : place;
    }

    Location location() {
        return location;
    }

    void allowOnly(Set<String> keys) {
        for (Map.Entry<String, Node> entry : values.entrySet()) {
            if (!keys.contains(entry.getKey())) {
                throw location.child(entry.getKey(), line(entry.getValue()))
                        .error("is not a key known here; known are " + String.join(", ", sorted(keys)));
            }
        }
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    String string(String key) {
        return scalar(required(key), location.child(key, line(required(key))));
    }

    /** A name Java can carry: letters and digits, words separated by single dashes or underscores. */
    String name() {
        String text = string("name");
        if (!NAME.matcher(text).matches()) {
            throw at("name").error("\"" + text + "\" is not letters and digits with single dashes between words");
        }
        return text;
    }

    @Nullable
    String optionalString(String key) {
        return has(key) ? string(key) : null;
    }

    /** A number in decimal or, with 0x in front, in hexadecimal. */
    long number(String key) {
        String text = string(key);
        try {
            return Long.decode(text);
        } catch (NumberFormatException e) {
            throw at(key).error("\"" + text + "\" is not a whole number");
        }
    }

    boolean flag(String key) {
        String text = optionalString(key);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            throw at(key).error("\"" + text + "\" is neither true nor false");
        }
        return "true".equals(text);
    }

    /** One of {@code allowed}. */
    String choice(String key, Set<String> allowed) {
        String text = string(key);
        if (!allowed.contains(text)) {
            throw at(key).error("\"" + text + "\" is not one of " + String.join(", ", sorted(allowed)));
        }
        return text;
    }

    /** The mapping under {@code key}. */
    YamlMapping mapping(String key) {
        return new YamlMapping(required(key), location, key);
    }

    /** The mappings listed under {@code key}; none when the key is missing. */
    List<YamlMapping> mappings(String key) {
        List<YamlMapping> result = new ArrayList<>();
        Location list = at(key);
        for (Node item : items(key)) {
            result.add(new YamlMapping(item, list, "[" + result.size() + "]"));
        }
        return result;
    }

    /** The texts listed under {@code key}; none when the key is missing. */
    List<String> strings(String key) {
        return items(key).stream().map(item -> scalar(item, at(key))).toList();
    }

    Location at(String key) {
        Node node = values.get(key);
        return node == null ? location : location.child(key, line(node));
    }

    private List<Node> items(String key) {
        Node node = values.get(key);
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            throw at(key).error("is not a list");
        }
        return sequence.getValue();
    }

    private Node required(String key) {
        Node node = values.get(key);
        if (node == null) {
            throw location.error("key \"" + key + "\" is missing");
        }
        return node;
    }

    private static String scalar(Node node, Location place) {
        if (!(node instanceof ScalarNode scalar)) {
            throw place.error("is not a single value");
        }
        return scalar.getValue().strip();
    }

    private static List<String> sorted(Set<String> keys) {
        return keys.stream().sorted().toList();
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
