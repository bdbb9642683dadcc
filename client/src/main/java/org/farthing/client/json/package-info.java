/** How values become JSON, and JSON values again. Generated code calls it. */
package org.farthing.client.json;
