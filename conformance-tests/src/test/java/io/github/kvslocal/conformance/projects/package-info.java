/** Programs of users', built by Maven with nothing of ours but what is published. */
@NullMarked
package io.github.kvslocal.conformance.projects;

import org.jspecify.annotations.NullMarked;
