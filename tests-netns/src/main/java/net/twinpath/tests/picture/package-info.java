/** Drawing in SVG. */
@NullMarked
package net.twinpath.tests.picture;

import org.jspecify.annotations.NullMarked;
