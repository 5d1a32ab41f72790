/** How it is known what AWS does, which every row of every table tells. */
@NullMarked
package io.github.kvslocal.conformance.evidence;

import org.jspecify.annotations.NullMarked;
