package net.twinpath.daemon.metrics;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the head of an HTTP/1 request asks for (RFC 9112).
 *
 * @param status the status to answer with: 200, or why not
 * @param isHead whether the answer has no body
 * @param accept its fields {@code Accept}, joined; empty when there is none
 */
record ScrapeRequest(int status, boolean isHead, String accept) {
    static final int OK = 200;
    static final int BAD_REQUEST = 400;
    static final int NOT_FOUND = 404;
    static final int METHOD_NOT_ALLOWED = 405;
    static final int HEAD_TOO_LARGE = 431;
    static final int VERSION_NOT_SUPPORTED = 505;

    private static final String PATH = "/metrics";
    private static final Pattern LINE_END = Pattern.compile("\r?\n");
    private static final Pattern REQUEST_LINE =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+) (\\S+) HTTP/([0-9])\\.([0-9])");
    private static final Pattern FIELD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\\x00\r]*");
    private static final Pattern AUTHORITY = Pattern.compile("(?i)^http://[^/?]*");

    /** @param head all octets of the request up to its empty line, as ISO 8859-1 */
    static ScrapeRequest parse(String head) {
        List<String> lines = LINE_END.splitAsStream(head).toList();
        var line = REQUEST_LINE.matcher(lines.isEmpty() ? "" : lines.get(0));
        if (!line.matches()) {
            return refused(BAD_REQUEST);
        }
        List<String> fields = lines.subList(1, lines.size());
        if (!fields.stream().allMatch(field -> FIELD.matcher(field).matches())) {
            return refused(BAD_REQUEST);
        }
        if (!line.group(3).equals("1")) {
            return refused(VERSION_NOT_SUPPORTED);
        }
        long hosts = fields.stream().filter(field -> isNamed(field, "host")).count();
        boolean hostIsNeeded = !line.group(4).equals("0");
        if (hosts > 1 || (hosts == 0 && hostIsNeeded)) {
            return refused(BAD_REQUEST);
        }
        boolean isHead = line.group(1).equals("HEAD");
        String accept = String.join(
                ",",
                fields.stream()
                        .filter(field -> isNamed(field, "accept"))
                        .map(field -> field.substring(field.indexOf(':') + 1))
                        .toList());
        return new ScrapeRequest(status(line.group(1), line.group(2)), isHead, accept);
    }

    private static ScrapeRequest refused(int status) {
        return new ScrapeRequest(status, false, "");
    }

    private static boolean isNamed(String field, String name) {
        return field.toLowerCase(Locale.ROOT).startsWith(name + ":");
    }

    private static int status(String method, String target) {
        String path = AUTHORITY.matcher(target).replaceFirst("").replaceFirst("\\?.*", "");
        if (!path.equals(PATH)) {
            return NOT_FOUND;
        }
        return method.equals("GET") || method.equals("HEAD") ? OK : METHOD_NOT_ALLOWED;
    }
}
