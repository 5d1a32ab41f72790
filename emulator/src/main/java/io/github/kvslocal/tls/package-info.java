/** The certificate authority and the certificates that it mints for each name. */
@NullMarked
package io.github.kvslocal.tls;

import org.jspecify.annotations.NullMarked;
