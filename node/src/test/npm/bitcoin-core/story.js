// A story of money told by npm's bitcoin-core client: mine, pay, look, get things wrong.
// Arguments: the node's RPC address, user and password. Exit code 0 if everything is as it should be.
'use strict';

const assert = require('node:assert/strict');
const Client = require('bitcoin-core');

const [host, username, password] = process.argv.slice(2);
const quiet = { debug() {}, error() {}, info() {}, trace() {}, warn() {}, child: () => quiet };

function client(more) {
  return new Client({ host, username, password, logger: quiet, ...more });
}

async function fails(code, message, promise) {
  await assert.rejects(promise, (error) => {
    assert.equal(error.code, code);
    assert.match(error.message, message);
    return true;
  });
}

async function chain(node) {
  const info = await node.getBlockchainInfo();
  assert.equal(info.chain, 'regtest');
  assert.equal(info.blocks, 0);
  assert.equal(info.bestblockhash, await node.getBlockHash(0));
}

async function money(node) {
  await node.command('createwallet', 'shop');
  await node.command('createwallet', 'customer');
  const shop = client({ wallet: 'shop' });
  const customer = client({ wallet: 'customer' });

  const payout = await customer.getNewAddress();
  const blocks = await node.command('generatetoaddress', 101, payout);
  assert.equal(blocks.length, 101);
  assert.equal(await customer.getBalance(), 50);

  const till = await shop.getNewAddress('till', 'bech32');
  const txid = await customer.sendToAddress(till, '1.23456789');
  assert.ok((await node.getRawMempool()).includes(txid));
  assert.equal(await shop.getBalance(), 0);

  const [hash] = await node.command('generatetoaddress', 1, payout);
  assert.equal(await shop.getBalance(), 1.23456789);
  const seen = await shop.getTransaction(txid);
  assert.equal(seen.confirmations, 1);
  assert.equal(seen.blockhash, hash);
  const [coin] = await shop.listUnspent();
  assert.equal(coin.txid, txid);
  assert.equal(coin.address, till);
  return { txid, hash };
}

async function batches(node, { hash }) {
  const answers = await node.command([
    { method: 'getblockcount', parameters: [] },
    { method: 'getblock', parameters: [hash, 1] },
    { method: 'getblockhash', parameters: [1000] },
  ]);
  assert.equal(answers[0], 102);
  assert.equal(answers[1].hash, hash);
  assert.equal(answers[2].code, -8);
}

async function names(txid) {
  const named = client({ version: '0.21.0' });
  const decoded = await named.command('getrawtransaction', { txid, verbose: true });
  assert.equal(decoded.txid, txid);
}

async function rest(node, { txid, hash }) {
  const info = await node.getBlockchainInformation();
  assert.equal(info.blocks, 102);
  const block = await node.getBlockByHash(hash);
  assert.ok(block.tx.some((tx) => tx.txid === txid));
  const brief = await node.getBlockByHash(hash, { summary: true });
  assert.ok(brief.tx.includes(txid));
  const raw = await node.getBlockByHash(hash, { extension: 'bin' });
  assert.equal(raw.length, block.size);
  const headers = await node.getBlockHeadersByHash(hash, 1);
  assert.equal(headers[0].hash, hash);
  const tx = await node.getTransactionByHash(txid);
  assert.equal(tx.blockhash, hash);
  const coins = await node.getUnspentTransactionOutputs([{ id: txid, index: 0 }, { id: txid, index: 1 }]);
  assert.equal(coins.utxos.length, 2);
  assert.equal((await node.getMemoryPoolInformation()).size, 0);
  assert.equal(Object.keys(await node.getMemoryPoolContent()).length, 0);
}

async function errors(node) {
  await fails(-8, /Block height out of range/, node.getBlockHash(1000));
  await fails(-5, /Block not found/, node.getBlock('00'.repeat(32)));
  await fails(-8, /must be of length 64/, node.getBlock('00'));
  await fails(-32601, /Method not found/, node.command('nosuchmethod'));
  await fails(-18, /wallet does not exist/, client({ wallet: 'nobody' }).getBalance());
  await assert.rejects(client({ password: 'wrong' }).getBlockCount(), (error) => error.code === 401);
}

async function main() {
  const node = client();
  await chain(node);
  const payment = await money(node);
  await batches(node, payment);
  await names(payment.txid);
  await rest(node, payment);
  await errors(node);
  console.log('the story is told');
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
