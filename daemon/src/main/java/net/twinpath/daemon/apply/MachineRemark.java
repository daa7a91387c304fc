package net.twinpath.daemon.apply;

/**
 * What is to be said of a right configuration on this machine.
 *
 * @param level    how grave it is
 * @param sentence with file, line, column and key where it is about one of them
 */
public record MachineRemark(Level level, String sentence) {
    /** How grave a remark is. */
    public enum Level {
        /** The daemon will not start with this configuration, whatever else changes on the machine. */
        ERROR("error"),

        /** The daemon does not start while it is so, or the path protects less than it seems to. */
        WARNING("warning"),

        /** Worth knowing: the configuration may be meant for another machine, or for later. */
        NOTE("note");

        private final String word;

        Level(String word) {
            this.word = word;
        }
    }

    /** True when the daemon cannot start with this configuration on this machine. */
    public boolean isError() {
        return level == Level.ERROR;
    }

    @Override
    public String toString() {
        return level.word + ": " + sentence;
    }
}
