/**
 * From the frames of a session to fragments, the units that a stream stores (Kinesis Video Streams
 * developer guide, "Data model"): where to cut, and how fragments are numbered. It knows neither
 * container nor storage.
 */
@NullMarked
package io.github.kvslocal.fragment;

import org.jspecify.annotations.NullMarked;
