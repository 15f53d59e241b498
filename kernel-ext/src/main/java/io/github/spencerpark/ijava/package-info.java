/**
 * One name of IJava's that its notebooks write out: {@code io.github.spencerpark.ijava.IJava}.
 *
 * <p>Inside a stock IJava its own class of this name comes first on the class path, and this one is never seen.
 */
package io.github.spencerpark.ijava;
