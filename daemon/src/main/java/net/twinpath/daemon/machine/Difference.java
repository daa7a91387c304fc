package net.twinpath.daemon.machine;

/**
 * A setting that has one value and shall have another.
 *
 * @param from {@link Setting#ABSENT} when it is not there
 * @param to   {@link Setting#ABSENT} when it shall go
 */
public record Difference(Setting setting, String from, String to) {
    /** As a line of a diff, with what happens in front. */
    String line() {
        return sign() + " " + sentence();
    }

    private char sign() {
        if (from.isEmpty() && isOfExistence()) {
            return '+';
        }
        return to.isEmpty() && isOfExistence() ? '-' : '~';
    }

    private boolean isOfExistence() {
        return isKind() || setting.isPresence();
    }

    /** Whether an interface is not there that shall be. */
    boolean isOfRemoved() {
        return isKind() && from.isEmpty();
    }

    /** Whether it is about the bond or bridge an interface belongs to. */
    boolean isOfMembership() {
        return setting.group() == Group.LINK && setting.name().equals(Setting.MASTER);
    }

    private boolean isKind() {
        return setting.group() == Group.LINK && setting.name().equals(Setting.KIND);
    }

    /** For people, for example {@code bond0: miimon 0ms -> 100ms}. */
    String sentence() {
        if (isKind()) {
            return setting.owner() + ": " + (to.isEmpty() ? from + " removed" : "new " + to);
        }
        if (setting.isPresence()) {
            return setting.toString();
        }
        if (setting.group() == Group.LINK) {
            return setting.owner() + ": " + linkSentence();
        }
        return setting + " " + (from.isEmpty() ? "" : from + " -> ") + to;
    }

    private String linkSentence() {
        return switch (setting.name()) {
            case Setting.UP -> to.equals(Setting.TRUE) ? "switched on" : "switched off";
            case Setting.MASTER -> to.equals(Setting.NONE) ? "leaves " + from : "joins " + to;
            default -> setting.key() + " " + (from.isEmpty() ? "" : from + " -> ") + to;
        };
    }

    /** How it is, for people. */
    String found() {
        return from.isEmpty() ? "not there" : from;
    }
}
