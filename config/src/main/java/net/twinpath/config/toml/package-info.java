/**
 * Configuration files as text: TOML in, a tree whose every key has its place out, and problems with the place they are
 * at.
 *
 * <p>{@link net.twinpath.config.toml.SourceFile} reads and parses one file, {@code
 * CondensedText} spares the parser what would take it hours, and {@code SyntaxDamage} knows what a syntax
 * error puts in doubt, so that one mistake is not reported as many. What the keys mean is not known here.
 */
@NullMarked
package net.twinpath.config.toml;

import org.jspecify.annotations.NullMarked;
