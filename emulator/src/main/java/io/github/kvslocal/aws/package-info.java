/** Clients of the AWS SDK for Java v2; the program that uses them brings the SDK. */
@NullMarked
package io.github.kvslocal.aws;

import org.jspecify.annotations.NullMarked;
