package net.twinpath.daemon.control;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What a value of a request or an answer may be, as JSON Schema of which only {@code type}, {@code description},
 * {@code enum}, {@code minimum}, {@code maximum}, {@code items}, {@code properties}, {@code required} and
 * {@code additionalProperties} are used.
 */
public final class Schema {
    private final JsonObject json;

    private Schema(JsonObject json) {
        this.json = json;
    }

    private static Schema of(String type, String description) {
        JsonObject json = new JsonObject();
        json.addProperty("type", type);
        json.addProperty("description", description);
        return new Schema(json);
    }

    /** Anything at all. */
    static Schema any() {
        return new Schema(new JsonObject());
    }

    public static Schema text(String description) {
        return of("string", description);
    }

    /** One of some words. */
    public static Schema word(String description, List<String> words) {
        Schema schema = text(description);
        JsonArray array = new JsonArray();
        words.forEach(array::add);
        schema.json.add("enum", array);
        return schema;
    }

    /** A whole number that is not negative. */
    public static Schema count(String description) {
        Schema schema = of("integer", description);
        schema.json.addProperty("minimum", 0);
        return schema;
    }

    /** A whole number within bounds. */
    public static Schema whole(String description, long minimum, long maximum) {
        Schema schema = of("integer", description);
        schema.json.addProperty("minimum", minimum);
        schema.json.addProperty("maximum", maximum);
        return schema;
    }

    public static Schema number(String description) {
        return of("number", description);
    }

    public static Schema flag(String description) {
        return of("boolean", description);
    }

    public static Schema list(String description, Schema items) {
        Schema schema = of("array", description);
        schema.json.add("items", items.json);
        return schema;
    }

    /** An object with the members that are added, and no others. */
    public static Schema object(String description) {
        Schema schema = of("object", description);
        schema.json.add("properties", new JsonObject());
        schema.json.add("required", new JsonArray());
        schema.json.addProperty("additionalProperties", false);
        return schema;
    }

    /** An object whose members' names are not known before. */
    public static Schema map(String description, Schema values) {
        Schema schema = of("object", description);
        schema.json.add("additionalProperties", values.json);
        return schema;
    }

    /** Adds a member that is always there. */
    public Schema with(String name, Schema value) {
        json.getAsJsonArray("required").add(name);
        return maybe(name, value);
    }

    /** Adds a member that may be missing. */
    public Schema maybe(String name, Schema value) {
        json.getAsJsonObject("properties").add(name, value.json);
        return this;
    }

    /** The same, or null. */
    public Schema orNull() {
        JsonArray types = new JsonArray();
        types.add(json.get("type"));
        types.add("null");
        json.add("type", types);
        return this;
    }

    JsonObject json() {
        return json;
    }

    /**
     * What is wrong with a value; empty when nothing is.
     *
     * @param name how the objection calls it
     */
    Optional<String> objection(String name, JsonElement value) {
        if (!types().contains(typeOf(value))
                && !(types().contains("number") && typeOf(value).equals("integer"))) {
            return Optional.of("\"" + name + "\" must be " + words());
        }
        if (value instanceof JsonObject object) {
            return objectionToMembers(name, object);
        }
        if (value instanceof JsonPrimitive primitive && (isOutside(primitive) || isOtherWord(primitive))) {
            return Optional.of("\"" + name + "\" must be " + words());
        }
        return Optional.empty();
    }

    private List<String> types() {
        JsonElement type = json.get("type");
        return type.isJsonArray()
                ? type.getAsJsonArray().asList().stream()
                        .map(JsonElement::getAsString)
                        .toList()
                : List.of(type.getAsString());
    }

    private static String typeOf(JsonElement value) {
        if (value instanceof JsonPrimitive primitive) {
            if (primitive.isNumber()) {
                return isWhole(primitive) ? "integer" : "number";
            }
            return primitive.isString() ? "string" : "boolean";
        }
        if (value.isJsonNull()) {
            return "null";
        }
        return value.isJsonArray() ? "array" : "object";
    }

    /** Without making the number, which may have a thousand million digits. */
    private static boolean isWhole(JsonPrimitive number) {
        double value = number.getAsDouble();
        return Double.isFinite(value) && value == Math.rint(value);
    }

    private boolean isOutside(JsonPrimitive value) {
        if (!value.isNumber()) {
            return false;
        }
        double number = value.getAsDouble();
        boolean below = json.has("minimum") && number < json.get("minimum").getAsDouble();
        boolean above = json.has("maximum") && number > json.get("maximum").getAsDouble();
        return below || above;
    }

    private boolean isOtherWord(JsonPrimitive value) {
        return json.has("enum") && !json.getAsJsonArray("enum").contains(value);
    }

    private Optional<String> objectionToMembers(String name, JsonObject object) {
        if (!json.has("properties")) {
            return Optional.empty();
        }
        JsonObject properties = json.getAsJsonObject("properties");
        for (JsonElement required : json.getAsJsonArray("required")) {
            if (!object.has(required.getAsString())) {
                return new Schema(properties.getAsJsonObject(required.getAsString())).missing(required.getAsString());
            }
        }
        for (Map.Entry<String, JsonElement> member : object.entrySet()) {
            if (!properties.has(member.getKey())) {
                return Optional.of("\"" + name + "\" takes no \"" + member.getKey() + "\"; "
                        + (properties.isEmpty()
                                ? "it is empty"
                                : "it takes: " + String.join(", ", properties.keySet())));
            }
            Optional<String> objection = new Schema(properties.getAsJsonObject(member.getKey()))
                    .objection(member.getKey(), member.getValue());
            if (objection.isPresent()) {
                return objection;
            }
        }
        return Optional.empty();
    }

    private Optional<String> missing(String name) {
        return Optional.of("\"" + name + "\" is missing: " + words());
    }

    private String words() {
        if (json.has("enum")) {
            return StreamSupport.stream(json.getAsJsonArray("enum").spliterator(), false)
                    .map(JsonElement::toString)
                    .collect(Collectors.joining(" or "));
        }
        String bounds = (json.has("minimum") ? " from " + plain("minimum") : "")
                + (json.has("maximum") ? " to " + plain("maximum") : "");
        return switch (types().get(0)) {
            case "string" -> "a string";
            case "integer" -> "a whole number" + bounds;
            case "number" -> "a number" + bounds;
            case "boolean" -> "true or false";
            case "array" -> "a list";
            default -> "an object";
        };
    }

    private String plain(String bound) {
        BigDecimal number = json.get(bound).getAsBigDecimal();
        return number.toPlainString();
    }
}
