package net.twinpath.config;

import java.time.Duration;

/**
 * What a path of {@link Format#PRP} tells its nodes about itself.
 *
 * @param addressByte last byte of 01-15-4E-00-01-XX, the address supervision frames are sent to, 0..255
 * @param lifeCheckInterval between two supervision frames; LifeCheckInterval of IEC 62439-3
 */
public record SupervisionSettings(int addressByte, Duration lifeCheckInterval) {}
