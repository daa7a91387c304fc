package net.twinpath.daemon.machine;

/** What the kernel refused, in its words. */
public final class MachineException extends Exception {
    private static final long serialVersionUID = 1L;

    public MachineException(String words) {
        super(words);
    }

    String words() {
        return String.valueOf(getMessage());
    }
}
