// Chapar's own pages in Hawtio: a module-federation container written by hand, so that nothing needs to be built.
// React, PatternFly and Hawtio come from the scope that Hawtio shares; what is shown comes from MBeans through Jolokia,
// so the server decides what somebody may see and do.
(function () {
  'use strict'

  let shared

  const module = async name => {
    const versions = shared[name]
    if (!versions) throw new Error('Hawtio does not share ' + name)
    const version = Object.keys(versions).sort().pop()
    return (await versions[version].get())()
  }

  const BROKER = 'org.apache.activemq.artemis:broker=*'
  const QUEUES = 'org.apache.activemq.artemis:broker=*,component=addresses,address=*,subcomponent=queues,routing-type=*,queue=*'
  const FIGURES = ['Name', 'MessageCount', 'DeliveringCount', 'ScheduledCount', 'ConsumerCount', 'MessagesAdded', 'MessagesAcknowledged', 'Paused']
  const SECONDS = 5

  const define = (React, Hawtio, PF, Table) => {
    const e = React.createElement

    const read = async () => {
      const answer = await Hawtio.jolokiaService.bulkRequest([
        { type: 'read', mbean: BROKER, attribute: ['Name', 'Version', 'DiskStoreUsage', 'AddressMemoryUsagePercentage', 'TotalConsumerCount'] },
        { type: 'read', mbean: QUEUES, attribute: FIGURES },
      ])
      const [brokers, queues] = answer
      if (queues.status !== 200) {
        if (queues.status === 404) return { broker: null, queues: [] }
        throw new Error(queues.error || 'the gateway answered ' + queues.status)
      }
      return {
        broker: brokers.status === 200 ? Object.values(brokers.value)[0] : null,
        queues: Object.entries(queues.value)
          .map(([mbean, figures]) => ({ mbean, ...figures }))
          .sort((a, b) => b.MessageCount - a.MessageCount || a.Name.localeCompare(b.Name)),
      }
    }

    const number = n => Number(n ?? 0).toLocaleString('en-GB')

    const Queues = () => {
      const [state, setState] = React.useState({ queues: null, broker: null, error: null })
      const [filter, setFilter] = React.useState('')
      const [round, setRound] = React.useState(0)

      React.useEffect(() => {
        let gone = false
        const look = () => read()
          .then(seen => { if (!gone) setState({ ...seen, error: null }) })
          .catch(error => { if (!gone) setState(old => ({ ...old, error: String(error.message || error) })) })
        look()
        const timer = setInterval(look, SECONDS * 1000)
        return () => { gone = true; clearInterval(timer) }
      }, [round])

      const act = async (queue, operation) => {
        try {
          await Hawtio.jolokiaService.execute(queue.mbean, operation)
          Hawtio.eventService.notify({ type: 'success', message: queue.Name + (operation === 'pause()' ? ' is paused' : ' runs again') })
        } catch (error) {
          Hawtio.eventService.notify({ type: 'danger', message: 'Not done for ' + queue.Name + ': your role does not allow it, or the broker refused' })
        }
        setRound(old => old + 1)
      }

      const shown = (state.queues ?? []).filter(queue => queue.Name.toLowerCase().includes(filter.toLowerCase()))
      const waiting = (state.queues ?? []).reduce((sum, queue) => sum + queue.MessageCount, 0)

      return e(PF.PageSection, { isFilled: true, hasBodyWrapper: false },
        e(PF.Title, { headingLevel: 'h1' }, 'Queues'),
        e('p', null, state.queues === null ? 'Asking the broker…'
          : `${number(state.queues.length)} queues, ${number(waiting)} messages in them` +
            (state.broker ? `; broker ${state.broker.Version}, disk ${(100 * state.broker.DiskStoreUsage).toFixed(0)} % full` : '')),
        state.error && e(PF.Alert, { variant: 'danger', isInline: true, title: 'The queues could not be read: ' + state.error }),
        e(PF.SearchInput, {
          'aria-label': 'Only queues whose name contains', placeholder: 'Only queues whose name contains…',
          value: filter, onChange: (_event, value) => setFilter(value), onClear: () => setFilter(''),
          style: { maxWidth: '30rem', margin: '1rem 0' },
        }),
        e(Table.Table, { 'aria-label': 'Queues of the broker', variant: 'compact' },
          e(Table.Thead, null, e(Table.Tr, null,
            ...['Queue', 'In it', 'Being delivered', 'Delayed', 'Consumers', 'Added', 'Done', 'State', ''].map((title, i) => e(Table.Th, title ? { key: i } : { key: i, screenReaderText: 'Action' }, title || null)))),
          e(Table.Tbody, null, ...shown.map(queue => e(Table.Tr, { key: queue.mbean },
            e(Table.Td, { dataLabel: 'Queue' }, queue.Name),
            e(Table.Td, { dataLabel: 'In it' }, number(queue.MessageCount)),
            e(Table.Td, { dataLabel: 'Being delivered' }, number(queue.DeliveringCount)),
            e(Table.Td, { dataLabel: 'Delayed' }, number(queue.ScheduledCount)),
            e(Table.Td, { dataLabel: 'Consumers' }, number(queue.ConsumerCount)),
            e(Table.Td, { dataLabel: 'Added' }, number(queue.MessagesAdded)),
            e(Table.Td, { dataLabel: 'Done' }, number(queue.MessagesAcknowledged)),
            e(Table.Td, { dataLabel: 'State' }, e(PF.Label, { color: queue.Paused ? 'orange' : 'green' }, queue.Paused ? 'paused' : 'open')),
            e(Table.Td, { dataLabel: '' }, e(PF.Button, {
              variant: 'link', isInline: true, onClick: () => act(queue, queue.Paused ? 'resume()' : 'pause()'),
            }, queue.Paused ? 'Resume' : 'Pause')))))))
    }

    return () => {
      Hawtio.hawtio.addPlugin({
        id: 'chapar-queues',
        title: 'Queues',
        path: '/queues',
        component: Queues,
        order: 1,
        isActive: async () => true,
      })
    }
  }

  window.chapar = {
    init: async scope => { shared = scope },
    get: async () => {
      const [React, Hawtio, PF, Table] = await Promise.all(
        ['react', '@hawtio/react', '@patternfly/react-core', '@patternfly/react-table'].map(module))
      return () => ({ plugin: define(React, Hawtio, PF, Table) })
    },
  }
})()
