/** How fast the parts are: JMH benchmarks, run by hand; what they measure is no test. */
package org.farthing.bench;
