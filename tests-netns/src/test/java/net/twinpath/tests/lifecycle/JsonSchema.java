package net.twinpath.tests.lifecycle;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares values with the part of JSON Schema that {@code system.describe} uses; a keyword it does not know is an error. */
final class JsonSchema {
    private static final Set<String> KEYWORDS = Set.of(
            "type",
            "description",
            "enum",
            "minimum",
            "maximum",
            "items",
            "properties",
            "required",
            "additionalProperties");

    private final List<String> objections = new ArrayList<>();

    private JsonSchema() {}

    /** Everything in which a value is not as its schema says. */
    static List<String> objections(JsonObject schema, JsonElement value) {
        JsonSchema comparison = new JsonSchema();
        comparison.compare("$", schema, value);
        return comparison.objections;
    }

    private void compare(String place, JsonObject schema, JsonElement value) {
        schema.keySet().stream()
                .filter(keyword -> !KEYWORDS.contains(keyword))
                .forEach(keyword -> objections.add(place + ": keyword " + keyword));
        if (schema.has("type") && types(schema.get("type")).stream().noneMatch(type -> isOfType(type, value))) {
            objections.add(place + ": " + value + " is no " + schema.get("type"));
        } else if (schema.has("enum") && !schema.getAsJsonArray("enum").contains(value)) {
            objections.add(place + ": " + value + " is none of " + schema.get("enum"));
        } else if (value instanceof JsonPrimitive primitive && primitive.isNumber()) {
            compareBounds(place, schema, primitive.getAsBigDecimal());
        } else if (value instanceof JsonArray array && schema.has("items")) {
            for (int i = 0; i < array.size(); i++) {
                compare(place + "[" + i + "]", schema.getAsJsonObject("items"), array.get(i));
            }
        } else if (value instanceof JsonObject object) {
            compareMembers(place, schema, object);
        }
    }

    private static List<String> types(JsonElement type) {
        return type.isJsonArray()
                ? type.getAsJsonArray().asList().stream()
                        .map(JsonElement::getAsString)
                        .toList()
                : List.of(type.getAsString());
    }

    private static boolean isOfType(String type, JsonElement value) {
        boolean isNumber = value instanceof JsonPrimitive number && number.isNumber();
        return switch (type) {
            case "null" -> value.isJsonNull();
            case "object" -> value.isJsonObject();
            case "array" -> value.isJsonArray();
            case "string" -> value instanceof JsonPrimitive text && text.isString();
            case "boolean" -> value instanceof JsonPrimitive flag && flag.isBoolean();
            case "number" -> isNumber;
            case "integer" ->
                isNumber && value.getAsBigDecimal().stripTrailingZeros().scale() <= 0;
            default -> false;
        };
    }

    private void compareBounds(String place, JsonObject schema, BigDecimal value) {
        boolean below =
                schema.has("minimum") && value.compareTo(schema.get("minimum").getAsBigDecimal()) < 0;
        boolean above =
                schema.has("maximum") && value.compareTo(schema.get("maximum").getAsBigDecimal()) > 0;
        if (below || above) {
            objections.add(place + ": " + value + " is out of bounds");
        }
    }

    private void compareMembers(String place, JsonObject schema, JsonObject object) {
        if (schema.has("required")) {
            schema.getAsJsonArray("required").asList().stream()
                    .map(JsonElement::getAsString)
                    .filter(name -> !object.has(name))
                    .forEach(name -> objections.add(place + ": " + name + " is missing"));
        }
        JsonObject properties = schema.has("properties") ? schema.getAsJsonObject("properties") : new JsonObject();
        for (Map.Entry<String, JsonElement> member : object.entrySet()) {
            String name = member.getKey();
            if (properties.has(name)) {
                compare(place + "." + name, properties.getAsJsonObject(name), member.getValue());
            } else if (schema.get("additionalProperties") instanceof JsonObject others) {
                compare(place + "." + name, others, member.getValue());
            } else if (schema.has("additionalProperties")) {
                objections.add(place + ": " + name + " is not told of");
            }
        }
    }
}
