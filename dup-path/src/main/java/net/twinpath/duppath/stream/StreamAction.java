package net.twinpath.duppath.stream;

/** What is done with the frames of a stream. */
public enum StreamAction {
    /** A copy is sent on every link. */
    DUPLICATE,

    /** The frame is sent once, on the first link. */
    FIRST_LINK,

    /** The frame is sent on no link. */
    DROP
}
