/** Configurations made by chance, for the tests of every module that reads or applies them. */
@NullMarked
package net.twinpath.config.random;

import org.jspecify.annotations.NullMarked;
