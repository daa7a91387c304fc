package net.twinpath.duppath.recovery;

/** How a sequence recovery function tells first copies from later ones (frerSeqRcvyAlgorithm, IEEE 802.1CB 10.4.1.5). */
public enum RecoveryAlgorithm {
    /** Remembers a history of numbers: for streams of any rate. */
    VECTOR,

    /** Remembers one number: for intermittent streams, whose frames are further apart than the links' delays differ. */
    MATCH
}
