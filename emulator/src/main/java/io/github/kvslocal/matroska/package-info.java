/**
 * Matroska (RFC 9559, on EBML, RFC 8794) as this service stores it: a fragment to a file, a file
 * back to its blocks, many files to one. Pure functions of bytes.
 */
@NullMarked
package io.github.kvslocal.matroska;

import org.jspecify.annotations.NullMarked;
